using System.Runtime.CompilerServices;
using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>What the reasons of the visits of one record say, so that "the urosepsis admission" is found though nothing else has that name. Made once a record.</summary>
internal sealed class VisitReasonNames
{
    private static readonly ConditionalWeakTable<PatientRecord, VisitReasonNames> s_made = [];

    private readonly List<HashSet<string>> _reasons = [];

    private VisitReasonNames(PatientRecord record)
    {
        foreach (var visit in record.OfKind(RecordKind.Encounter))
        {
            if (!visit.Json.TryGetProperty("reasonCode", out var reasons) || reasons.ValueKind != JsonValueKind.Array)
                continue;

            foreach (var reason in reasons.EnumerateArray())
            {
                Add(reason, "text");
                if (reason.ValueKind == JsonValueKind.Object && reason.TryGetProperty("coding", out var codings) && codings.ValueKind == JsonValueKind.Array)
                    foreach (var coding in codings.EnumerateArray())
                        Add(coding, "display");
            }
        }
    }

    public static VisitReasonNames Of(PatientRecord record) => s_made.GetValue(record, static made => new VisitReasonNames(made));

    /// <summary>Whether a reason has all of these words.</summary>
    public bool Say(IReadOnlyCollection<string> words) => words.Count > 0 && _reasons.Exists(reason => words.All(reason.Contains));

    private void Add(JsonElement holder, string member)
    {
        if (holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String && QuestionText.Tokenize(text.GetString()!) is { Count: > 0 } words)
            _reasons.Add([.. words.Select(word => word.Word)]);
    }
}
