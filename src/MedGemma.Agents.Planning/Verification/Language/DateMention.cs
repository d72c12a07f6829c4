using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Planning.Verification.Language;

/// <summary>A date or instant as a sentence writes it, as finely as it is written.</summary>
/// <param name="Local">First moment of it on the clock it is written for.</param>
/// <param name="Precision">How finely it is written.</param>
/// <param name="HasSeconds">True when an instant states seconds.</param>
/// <param name="Offset">Offset from UTC where it is written.</param>
internal readonly record struct DateMention(DateTime Local, TimePrecision Precision, bool HasSeconds, TimeSpan? Offset)
{
    // Records use 9999-12-31 for "no end": the calendar has no moment after it.
    private static readonly DateTime s_lastYear = new(9999, 1, 1);

    /// <summary>First moment after it, on the same clock; the calendar's last moment for what ends with it.</summary>
    public DateTime LocalEnd => Precision switch
    {
        TimePrecision.Year => Local >= s_lastYear ? DateTime.MaxValue : Local.AddYears(1),
        TimePrecision.Month => Local >= s_lastYear.AddMonths(11) ? DateTime.MaxValue : Local.AddMonths(1),
        TimePrecision.Day => Local >= DateTime.MaxValue.Date ? DateTime.MaxValue : Local.AddDays(1),
        _ => Local > DateTime.MaxValue.AddMinutes(-1) ? DateTime.MaxValue : HasSeconds ? Local.AddSeconds(1) : Local.AddMinutes(1),
    };

    /// <summary>Whether a recorded time is what this says, as far as this says it; the day counts in the recorded offset.</summary>
    public bool Names(DateMention recorded)
    {
        if (Precision > recorded.Precision || (HasSeconds && !recorded.HasSeconds))
            return false;

        var local = recorded.Local;
        if (Offset is { } offset)
        {
            if (recorded.Offset is not { } recordedOffset)
                return false;
            var shifted = local.Ticks - recordedOffset.Ticks + offset.Ticks;
            if (shifted < DateTime.MinValue.Ticks || shifted > DateTime.MaxValue.Ticks)
                return false;
            local = new DateTime(shifted);
        }

        return local >= Local && local < LocalEnd;
    }

    /// <summary>Whether a moment lies within this.</summary>
    public bool Covers(DateTimeOffset moment) => Local <= On(moment) && On(moment) < LocalEnd;

    /// <summary>Whether a moment is exactly the beginning of this.</summary>
    public bool StartsAt(DateTimeOffset moment) => Local == On(moment);

    /// <summary>Whether a moment is exactly the end of this, which half-open windows exclude.</summary>
    public bool EndsAt(DateTimeOffset moment) => LocalEnd == On(moment);

    /// <summary>Whether all of this lies in a half-open window.</summary>
    public bool IsInside(DateTimeOffset? from, DateTimeOffset? until) =>
        !(from is { } lower && Local < On(lower)) && !(until is { } upper && LocalEnd > On(upper));

    private DateTime On(DateTimeOffset moment) => Offset is { } offset ? moment.ToOffset(offset).DateTime : moment.DateTime;
}
