using System.Collections.Immutable;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Model;

/// <summary>What the Patient resource says that every answer depends on.</summary>
/// <param name="Birth">The interval in which the patient was born, or null when not recorded.</param>
/// <param name="IsDeceased">True when a death is recorded, with or without its date.</param>
/// <param name="Death">The interval in which the patient died; null when not deceased or the date is not recorded.</param>
/// <param name="Links">Links to other Patient resources: merges among them.</param>
public sealed record PatientFacts(TimeInterval? Birth, bool IsDeceased, TimeInterval? Death, ImmutableArray<PatientLink> Links)
{
    /// <summary>Links to other records of the same person, which are not part of this one.</summary>
    public IEnumerable<PatientLink> OtherRecords => Links.Where(link => link.IsRecord);

    /// <summary>The record that this one was merged into, which then is the patient's; null when it was not.</summary>
    public PatientLink? Successor => OtherRecords.FirstOrDefault(link => link.Type == "replaced-by");

    /// <summary>Age in completed years.</summary>
    /// <param name="moment">When; after the death the age at death.</param>
    /// <param name="zone">Zone of the birthday.</param>
    /// <returns>Null when the birth date, or with a partial one the age, is not certain, or the moment is before the birth.</returns>
    public int? AgeAt(DateTimeOffset moment, TimeZoneInfo zone)
    {
        if (Birth is not { Start: { } earliest, End: { } after })
            return null;

        if (IsDeceased && Death is null)
            return null;

        var until = Death is { Start: { } death } && death < moment ? death : moment;
        var oldest = Years(earliest, until, zone);
        var youngest = Years(after.AddTicks(-1), until, zone);
        return oldest == youngest && oldest >= 0 ? oldest : null;
    }

    private static int Years(DateTimeOffset birth, DateTimeOffset until, TimeZoneInfo zone)
    {
        var born = TimeZoneInfo.ConvertTime(birth, zone);
        var then = TimeZoneInfo.ConvertTime(until, zone);
        var years = then.Year - born.Year;
        // Someone born on 29 February completes a year on 1 March of common years.
        return (then.Month, then.Day).CompareTo((born.Month, born.Day)) < 0 ? years - 1 : years;
    }
}
