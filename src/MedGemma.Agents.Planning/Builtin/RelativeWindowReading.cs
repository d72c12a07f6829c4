namespace MedGemma.Agents.Planning.Builtin;

/// <summary>The two readings of "since 3 years ago" and its like.</summary>
public enum RelativeWindowReading
{
    /// <summary>Exactly that long before the question, by whole days.</summary>
    ExactDuration,

    /// <summary>The whole calendar unit: since its first day, until its last. Days and weeks stay exact.</summary>
    CalendarUnit,
}
