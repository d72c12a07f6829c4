namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>What a question asks to be left out, or says to be meant too.</summary>
[Flags]
internal enum LeftOutThings
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What was refuted; it never counts.</summary>
    Refuted = 1,

    /// <summary>What is over: resolved, inactive, ended, stopped.</summary>
    Over = 2,

    /// <summary>What is taken as needed.</summary>
    AsNeeded = 4,

    /// <summary>Nothing, but a part of what is asked for is named that belongs to it anyway: "including those started on the ward".</summary>
    Included = 8,

    /// <summary>What was entered in error or cancelled; it never counts.</summary>
    Erroneous = 16,
}
