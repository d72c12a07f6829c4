using System.Text.Json;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>The texts of a query that listed notes.</summary>
internal static class NoteTexts
{
    /// <summary>Each text, ready to be searched, in the order of the result.</summary>
    public static IEnumerable<NoteText> Of(QueryResult result)
    {
        for (var index = 0; index < result.Values.Count; index++)
        {
            var value = result.Values[index];
            if (value.Value is { ValueKind: JsonValueKind.String } text && value.Evidence.Count > 0)
                yield return new NoteText(index, DisplayText.Neutralize(text.GetString()!), DisplayText.Bound(value.Label), value.Time, value.Evidence[0], value.Derivation);
        }
    }
}
