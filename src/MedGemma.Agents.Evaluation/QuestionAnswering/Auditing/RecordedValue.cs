using System.Text.Json;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;

/// <summary>Compares values that must be the same to the letter: strings verbatim, numbers as decimals, booleans.</summary>
internal static class RecordedValue
{
    /// <summary>Whether two JSON scalars are the same value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool AreSame(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
            return false;

        return left.ValueKind switch
        {
            JsonValueKind.String => left.ValueEquals(right.GetString()),
            JsonValueKind.Number when left.TryGetDecimal(out var a) && right.TryGetDecimal(out var b) => a == b,
            JsonValueKind.Number => left.GetRawText() == right.GetRawText(),
            JsonValueKind.True or JsonValueKind.False => true,
            _ => false,
        };
    }
}
