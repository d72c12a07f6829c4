using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>A scalar read from JSON by what it means. Closed: number, boolean, date, instant, local time, text.</summary>
internal abstract partial record ScalarValue
{
    /// <summary>Whether a predicted value says the same as this one; the relation is that of gold to prediction and not symmetric for dates.</summary>
    /// <param name="predicted">The predicted value.</param>
    public abstract bool IsMatchedBy(ScalarValue predicted);

    /// <summary>The value as it is shown.</summary>
    public abstract override string ToString();

    /// <summary>Reads a JSON scalar.</summary>
    /// <param name="json">A string, number, true or false.</param>
    /// <returns>Null for null, arrays and objects.</returns>
    public static ScalarValue? From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => new BooleanScalar(true),
        JsonValueKind.False => new BooleanScalar(false),
        JsonValueKind.Number when json.TryGetDecimal(out var number) => new NumberScalar(number),
        // Beyond the range of a decimal only the same digits are known to be the same number.
        JsonValueKind.Number => new TextScalar(json.GetRawText()),
        JsonValueKind.String => FromText(json.GetString()!),
        _ => null,
    };

    private static ScalarValue FromText(string text)
    {
        if (DatePattern().IsMatch(text)
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return new DateScalar(date);
        }

        if (InstantPattern().Match(text) is { Success: true } instant)
        {
            if (instant.Groups["zone"].Success
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            {
                return new InstantScalar(moment);
            }

            if (!instant.Groups["zone"].Success
                && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            {
                return new LocalTimeScalar(local);
            }
        }

        return new TextScalar(text);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,12})?)?(?<zone>Z|[+-]\d{2}:\d{2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex InstantPattern();
}
