namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Units of relative times.</summary>
internal enum CalendarUnit
{
    Hour,
    Day,
    Week,
    Month,
    Year,
}
