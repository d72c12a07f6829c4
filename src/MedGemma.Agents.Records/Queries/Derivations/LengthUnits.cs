using System.Collections.Frozen;

namespace MedGemma.Agents.Records.Queries.Derivations;

/// <summary>The units that a length of time can be given in.</summary>
internal static class LengthUnits
{
    /// <summary>What a length is given in where nothing else is asked for.</summary>
    public const string Days = "d";

    /// <summary>Days of the calendar: midnights passed, as people count the days since or until something.</summary>
    public const string CalendarDays = "{day}";

    // UCUM (https://ucum.org/ucum), and annotations for nights and days of the calendar, which are counted by midnights.
    private static readonly FrozenSet<string> s_all = FrozenSet.Create(StringComparer.Ordinal, "min", "h", Days, CalendarDays, "wk", "mo", "a", "{night}");

    /// <summary>Whether a unit is one of them.</summary>
    public static bool Contains(string unit) => s_all.Contains(unit);
}
