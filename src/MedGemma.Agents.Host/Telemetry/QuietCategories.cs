namespace MedGemma.Agents.Host.Telemetry;

/// <summary>
/// Categories of other people's code that write what patients' records hold: paths and bodies of requests, messages between grains, questions and answers of MCP. What is
/// configured for them, or for a part of them, does not make them say more.
/// </summary>
internal static class QuietCategories
{
    private static readonly (string Category, LogLevel Least)[] s_all =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Error),
        ("Microsoft.AspNetCore.Routing", LogLevel.Error),
        ("Microsoft.AspNetCore.Http", LogLevel.Error),
        ("Microsoft.AspNetCore.HttpLogging", LogLevel.None),
        ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Information),
        ("Microsoft.Extensions.AI", LogLevel.Error),
        ("Microsoft.SemanticKernel", LogLevel.Error),
        ("ModelContextProtocol", LogLevel.Error),
        ("Npgsql", LogLevel.Warning),
        ("Orleans", LogLevel.Warning),
        ("System.Net.Http", LogLevel.Warning),
    ];

    /// <summary>Raises every rule for one of them to the least that it may write, and adds the rules that are missing.</summary>
    public static void Quieten(LoggerFilterOptions options)
    {
        foreach (var (category, least) in s_all)
        {
            for (var i = 0; i < options.Rules.Count; i++)
            {
                var rule = options.Rules[i];
                if (IsWithin(rule.CategoryName, category) && (rule.LogLevel is not { } level || level < least || rule.Filter is not null))
                    options.Rules[i] = new(rule.ProviderName, rule.CategoryName, rule.LogLevel is { } given && given > least ? given : least, filter: null);
            }

            foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
            {
                if (!options.Rules.Any(rule => rule.ProviderName == provider && rule.CategoryName == category))
                    options.Rules.Add(new(provider, category, least, filter: null));
            }
        }
    }

    private static bool IsWithin(string? name, string category) =>
        name is not null && name.StartsWith(category, StringComparison.OrdinalIgnoreCase) && (name.Length == category.Length || name[category.Length] == '.');
}
