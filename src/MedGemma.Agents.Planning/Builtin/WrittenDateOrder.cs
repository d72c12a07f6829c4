namespace MedGemma.Agents.Planning.Builtin;

/// <summary>Which part of a date such as 08/11/2160 is the day, where both could be.</summary>
public enum WrittenDateOrder
{
    /// <summary>08/11/2160 is 8 November.</summary>
    DayFirst,

    /// <summary>08/11/2160 is August 11.</summary>
    MonthFirst,
}
