using System.CommandLine;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Options that take one of a few words.</summary>
internal static class WordChoice
{
    /// <summary>Accepts only the words; the library's own message spreads over several lines.</summary>
    public static void Demand(Option option, IReadOnlyList<string> words)
    {
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !words.Contains(token.Value, StringComparer.Ordinal)))
                result.AddError($"{option.Name}: '{token.Value}' is not {string.Join(" or ", words)}");
        });
    }
}
