using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Reads "what stage is the cancer" where diagnoses of the record have stages; elsewhere a stage stands in a name or a report and is looked for there.</summary>
internal static class StageReader
{
    /// <summary>The word that asks for the stage, claimed; or null.</summary>
    public static TokenSpan? Read(PatientRecord record, QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i] is not ("stage" or "staging" or "staged") || char.IsAsciiDigit((question[i + 1] + " ")[0]) || question[i + 1] is "i" or "ii" or "iii" or "iv"
                || !record.OfKind(RecordKind.Condition).Any(condition => condition.Json.TryGetProperty("stage"u8, out var stage) && stage.ValueKind == JsonValueKind.Array))
                continue;

            var first = question[i - 1] is "tnm" ? i - 1 : i;
            question.Claim(new TokenSpan(first, i + 1 - first));
            return new TokenSpan(first, i + 1 - first);
        }

        return null;
    }
}
