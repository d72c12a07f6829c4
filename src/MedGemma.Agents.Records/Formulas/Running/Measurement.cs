using System.Globalization;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Formulas.Running;

/// <summary>One recorded number of an input.</summary>
/// <param name="Number">The number in the input's unit.</param>
/// <param name="Value">The value of the query that found it.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Problem">Why it may not be taken, or null.</param>
internal sealed record Measurement(decimal Number, ResultValue Value, DateTimeOffset At, string? Problem)
{
    /// <summary>The number as recorded, for people.</summary>
    public string Recorded
    {
        get
        {
            var evidence = Value.Evidence[0];
            var number = $"{Value.Comparator}{evidence.Value}";
            return evidence.Unit is null ? number : $"{number} {evidence.Unit}";
        }
    }

    /// <summary>How long before a moment it was measured, for people.</summary>
    public string AgeAt(DateTimeOffset moment)
    {
        var age = moment - At;
        return age < TimeSpan.FromHours(48)
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalHours} h before")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalDays} days before");
    }
}
