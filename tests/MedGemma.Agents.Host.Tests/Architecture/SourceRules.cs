using System.Text.RegularExpressions;

namespace MedGemma.Agents.Host.Tests.Architecture;

/// <summary>What one source file must look like. Lines that are comments do not count, except towards the length.</summary>
internal static partial class SourceRules
{
    /// <summary>The lines that a file may have at most.</summary>
    public const int LongestFile = 400;

    /// <summary>What is wrong with the file at <paramref name="path"/>, relative to <c>src</c>.</summary>
    public static IReadOnlyList<string> Broken(string path, string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        var code = string.Join('\n', lines.Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
        return [.. Names(path).Concat(Types(path, code)).Concat(Length(lines)).Concat(Words(code)).Select(what => $"{path}: {what}")];
    }

    private static IEnumerable<string> Names(string path) =>
        path.Split('/', '.').Where(part => NothingSaid().IsMatch(part)).Select(part => $"'{part}' says nothing of what is in it");

    private static IEnumerable<string> Types(string path, string code)
    {
        var types = PublicType().Matches(code);
        if (types.Count > 1)
            yield return $"{types.Count} public types";
        if (types.Count == 1 && types[0].Groups["name"].Value is var name && name != Path.GetFileNameWithoutExtension(path))
            yield return $"the public type is {name}";
        foreach (Match open in OpenClass().Matches(code))
            yield return $"{open.Groups["name"].Value} is neither sealed, static nor abstract";
    }

    private static IEnumerable<string> Length(string[] lines)
    {
        if (lines.Length > LongestFile)
            yield return $"{lines.Length} lines";
    }

    private static IEnumerable<string> Words(string code)
    {
        if (SilentPragma().IsMatch(code))
            yield return "a warning is disabled without a reason";
        if (SilentSuppression().IsMatch(code))
            yield return "a warning is suppressed without a justification";
        foreach (Match banned in Banned().Matches(code))
            yield return $"{banned.Value} is banned";
    }

    [GeneratedRegex("^(Utils?|Utilit(y|ies)|Common|Misc)$|(Helpers?|Utils?|Managers?)$")]
    private static partial Regex NothingSaid();

    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|readonly|partial|ref|unsafe) )*(?:class|record struct|record class|record|struct|interface|enum|delegate \S+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^\s*public (?:(?:partial|unsafe|new) )*(?:class|record class|record)(?! struct) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex OpenClass();

    [GeneratedRegex(@"#pragma warning disable(?![^\n]*//[^\n]*\w)")]
    private static partial Regex SilentPragma();

    [GeneratedRegex(@"\[(?:\w+: ?)?(?:Unconditional)?SuppressMessage\((?![^\n]*Justification ?= ?""[^""])")]
    private static partial Regex SilentSuppression();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bThread\.Sleep\b|\.Wait\(\)|\.GetAwaiter\(\)\.GetResult\(\)|\basync void\b|\bDateOnly\.FromDateTime\(DateTime\.|#region\b|\b(TODO|FIXME|HACK)\b")]
    private static partial Regex Banned();
}
