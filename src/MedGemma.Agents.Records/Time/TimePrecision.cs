namespace MedGemma.Agents.Records.Time;

/// <summary>How finely a FHIR date, dateTime or instant was written.</summary>
public enum TimePrecision
{
    /// <summary>Only a year.</summary>
    Year,

    /// <summary>Year and month.</summary>
    Month,

    /// <summary>A day without a time of day.</summary>
    Day,

    /// <summary>A time of day, with or without seconds.</summary>
    Instant,
}
