namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>What a date of a sentence bounds.</summary>
internal enum DateRole
{
    /// <summary>It is when something was.</summary>
    At,

    /// <summary>Something began then, or is counted from then.</summary>
    From,

    /// <summary>Something ended then, or is counted up to then; whether the date is included is not said.</summary>
    Until,

    /// <summary>Something is counted up to the beginning of that date.</summary>
    Before,

    /// <summary>Something is counted through that date, the date included.</summary>
    Through,

    /// <summary>Something is counted from the end of that date.</summary>
    After,
}
