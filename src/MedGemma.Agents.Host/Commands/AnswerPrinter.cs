using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Contradictions;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Host.Commands;

/// <summary>Prints an answer for people: the answer first, then numbered evidence.</summary>
internal static class AnswerPrinter
{
    private const int MostEvidence = 20;

    /// <summary>Prints.</summary>
    public static void Print(Answer answer, TextWriter output)
    {
        output.WriteLine(answer.Text);
        var evidence = answer.Claims.SelectMany(claim => claim.Evidence).Distinct().ToArray();
        if (evidence.Length > 0)
        {
            output.WriteLine();
            output.WriteLine("Evidence");
            for (var i = 0; i < Math.Min(evidence.Length, MostEvidence); i++)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  [{i + 1}] {Describe(evidence[i])}"));
            if (evidence.Length > MostEvidence)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {evidence.Length - MostEvidence} more (--json lists all)"));
        }

        if (answer.Contradictions.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Contradictions in the record");
            foreach (var contradiction in answer.Contradictions)
                output.WriteLine($"  - {DisplayText.Bound(contradiction.Text, 1000)} ({Sides(contradiction)})");
        }

        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Status: {Name(answer)}. As of {answer.AsOf:yyyy-MM-dd'T'HH:mm:sszzz}, by the {answer.Planner} planner, from {answer.Receipt.Source}: {Receipt(answer)}."));
        output.WriteLine("Not for direct use in diagnosis or treatment; verify independently.");
    }

    private static string Describe(Evidence evidence)
    {
        var value = evidence.Value.ValueKind == JsonValueKind.Undefined ? "" : $" = {Shown(evidence.Value)}";
        var unit = evidence.Unit is null ? "" : $" {evidence.Unit}";
        var time = evidence.Time is null ? "" : $", {evidence.Time}";
        return $"{evidence.Resource} (version {Short(evidence.Version)}): {evidence.Path}{value}{unit}{time}";
    }

    /// <summary>A string as people write it, whatever escapes the file uses; a terminal must not obey its control characters.</summary>
    private static string Shown(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? $"\"{string.Concat(value.GetString()!.Select(letter => char.IsControl(letter) ? ' ' : letter))}\""
        : value.GetRawText();

    private static string Sides(Contradiction contradiction) =>
        $"{References(contradiction.OneSide)} against {(contradiction.OtherSide.Count == 0 ? "nothing" : References(contradiction.OtherSide))}";

    private static string References(IReadOnlyList<Evidence> evidence) => string.Join(", ", evidence.Select(one => one.Resource.ToString()).Distinct(StringComparer.Ordinal));

    private static string Receipt(Answer answer)
    {
        var types = answer.Queries.SelectMany(query => query.Types).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (types.Length == 0)
            return "nothing was searched";

        return string.Join(", ", types.Select(type =>
        {
            var read = answer.Receipt.Types.TryGetValue(type, out var receipt) ? receipt.Read : 0;
            return $"{read} {type}{(answer.Receipt.IsComplete(type) ? "" : " (not known to be complete)")}";
        }));
    }

    private static string Name(Answer answer) => answer.Status switch
    {
        AnswerStatus.Answered => "answered",
        AnswerStatus.NoneRecorded => "none recorded",
        AnswerStatus.Unsure when answer.Reason is UnsureReason.IncompleteRecord => $"unsure beyond what was supplied (--complete {string.Join(' ', OpenTypes(answer))} declares it complete)",
        AnswerStatus.Unsure => "unsure",
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    private static IEnumerable<string> OpenTypes(Answer answer) =>
        answer.Queries.Where(result => result.DependsOnMissing).SelectMany(result => result.OpenTypes).Distinct(StringComparer.Ordinal);

    private static string Short(string version) => version.Length > 12 ? version[..12] : version;
}
