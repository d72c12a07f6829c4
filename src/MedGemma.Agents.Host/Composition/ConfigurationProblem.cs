using System.Text.Json;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Composition;

/// <summary>Tells exceptions that a wrong configuration causes from defects, and puts them into one line for the operator.</summary>
internal static class ConfigurationProblem
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";
    private const string ErrorMark = "with the error: '";

    /// <summary>The line, or null when the exception says nothing about the configuration.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join("; ", invalid.Failures.Select(Trim)),
        InvalidOperationException { Source: Binder } unconvertible => "the configuration cannot be used: " + WithoutType(FirstLine(unconvertible.Message)),
        InvalidDataException { InnerException: FormatException { InnerException: JsonException } unreadable } =>
            $"a configuration file is not JSON: {FirstLine(exception.Message)} {FirstLine(unreadable.Message)}",
        _ => null,
    };

    /// <summary>The framework wraps the words of an attribute into ones about members and types.</summary>
    private static string Trim(string failure)
    {
        var start = failure.LastIndexOf(ErrorMark, StringComparison.Ordinal);
        return FirstLine(start < 0 ? failure : failure[(start + ErrorMark.Length)..].TrimEnd('.').TrimEnd('\''));
    }

    private static string WithoutType(string text) => text.IndexOf(" to type '", StringComparison.Ordinal) is > 0 and var end ? text[..end] : text;

    private static string FirstLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
