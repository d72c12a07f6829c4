using System.Text;
using System.Text.Json;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>Says what a code or name is called, from the codes of this record and the vocabulary; nothing is looked up elsewhere.</summary>
/// <param name="vocabulary">What words and codes mean.</param>
public sealed class ExplainCodeTool(ConceptVocabulary vocabulary) : IRecordTool
{
    private const int MostEntries = 5;
    private const int MostNames = 6;

    /// <inheritdoc/>
    public string Name => "explain_code";

    /// <inheritdoc/>
    public string Description => "Says what a code or a name stands for: the names it has in this record, and what the built-in vocabulary knows of it.";

    /// <inheritdoc/>
    public JsonElement Parameters { get; } = JsonElement.Parse(
        """{"type":"object","properties":{"code":{"description":"A code ('4548-4', 'http://loinc.org|4548-4') or a name.","type":"string","minLength":1,"maxLength":80}},"required":["code"],"additionalProperties":false}""");

    /// <inheritdoc/>
    public bool ClosesPlanning => false;

    /// <inheritdoc/>
    public ValueTask<ToolOutcome> RunAsync(JsonElement arguments, RecordToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        if (arguments.ValueKind != JsonValueKind.Object || arguments.EnumerateObject().Count() != 1
            || !arguments.TryGetProperty("code", out var member) || member.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(member.GetString()))
        {
            return new ValueTask<ToolOutcome>(new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.WrongArguments, "explain_code takes a code or a name.")));
        }

        var asked = member.GetString()!.Trim();
        var lines = InRecord(asked, context.Record).Concat(InVocabulary(asked)).ToList();
        return new ValueTask<ToolOutcome>(lines.Count == 0
            ? new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.UnknownConcept, $"Neither this record nor the vocabulary knows '{PromptText.Name(asked)}'."))
            : new ToolOutcome.Explained(string.Join('\n', lines)));
    }

    private static IEnumerable<string> InRecord(string asked, PatientRecord record)
    {
        var bar = asked.LastIndexOf('|');
        var (system, code) = bar < 0 ? (null, asked) : (asked[..bar], asked[(bar + 1)..]);
        return record.Concepts.Entries
            .Where(entry => entry.Codings.Any(coding => Same(coding.Code, code) && (system is null || Same(coding.System, system))) || entry.Names.Any(name => Same(name, asked)))
            .Take(MostEntries)
            .Select(Describe);
    }

    private static string Describe(ConceptEntry entry)
    {
        var text = new StringBuilder("in this record: \"").Append(PromptText.Name(entry.Name)).Append('"');
        var others = entry.Names.Where(name => name != entry.Name).Select(name => PromptText.Name(name)).Distinct(StringComparer.Ordinal).Take(MostNames).ToList();
        if (others.Count > 0)
            text.Append(", also \"").AppendJoin("\", \"", others).Append('"');
        var codes = entry.Codings.Where(coding => coding.Code is not null).Select(coding => PromptText.Name($"{coding.System}|{coding.Code}", 2 * PromptText.LongestName)).Distinct(StringComparer.Ordinal).Take(MostNames).ToList();
        if (codes.Count > 0)
            text.Append("; codes ").AppendJoin(", ", codes);
        return text.Append("; ").Append(entry.Resources.Length).Append(entry.Resources.Length == 1 ? " resource" : " resources").ToString();
    }

    private IEnumerable<string> InVocabulary(string asked)
    {
        var code = asked[(asked.LastIndexOf('|') + 1)..];
        return vocabulary.Terms.Where(term => term.Codes.Any(coding => Same(coding.Code, code))).Concat(vocabulary.Find(asked)).Distinct().Take(MostEntries)
            .Select(term => $"in the vocabulary: \"{term.Name}\" ({term.Category.ToString().ToLowerInvariant()})"
                + (term.Members.IsEmpty ? "" : $", a group of {term.Members.Length} such as {string.Join(", ", term.Members.Take(MostNames))}"));
    }

    private static bool Same(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
