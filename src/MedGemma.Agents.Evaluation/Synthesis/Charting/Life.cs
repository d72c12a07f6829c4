using Hl7.Fhir.Model;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Who the patient is and how long the simulation runs.</summary>
internal sealed record Life(
    int Number, string PatientId, AdministrativeGender Gender, string Given, string Family, DateOnly Birth, DateTimeOffset Now, DateTimeOffset? Death,
    int Shift)
{
    /// <summary>The last moment at which something can happen to the patient.</summary>
    public DateTimeOffset End => Death ?? Now;

    /// <summary>A time of day, some days before the end; what is long past is shifted by some days, so that no two patients share their dates.</summary>
    public DateTimeOffset Before(int days, int hour = 10, int minute = 0)
    {
        var day = End.Date.AddDays(days >= 120 ? -days - Shift : -days);
        return new DateTimeOffset(day.Year, day.Month, day.Day, hour, minute, 0, End.Offset);
    }

    public int AgeAt(DateTimeOffset moment)
    {
        var day = DateOnly.FromDateTime(moment.DateTime);
        var years = day.Year - Birth.Year;
        return day < Birth.AddYears(years) ? years - 1 : years;
    }
}
