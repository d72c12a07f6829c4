namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>How a window lies to the time that states it.</summary>
internal enum TimeBound
{
    /// <summary>Inside it.</summary>
    In,

    /// <summary>From its start on.</summary>
    Since,

    /// <summary>Up to its end.</summary>
    Until,

    /// <summary>Up to its start.</summary>
    Before,

    /// <summary>From its end on.</summary>
    After,
}
