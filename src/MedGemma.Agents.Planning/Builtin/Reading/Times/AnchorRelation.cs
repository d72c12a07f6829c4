namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>How a window lies to the event that states it.</summary>
internal enum AnchorRelation
{
    /// <summary>From its start to its end.</summary>
    During,

    /// <summary>Up to its start.</summary>
    Before,

    /// <summary>From its end on; for "since" from its start on.</summary>
    After,

    /// <summary>From its start on.</summary>
    Since,

    /// <summary>On its day.</summary>
    At,

    /// <summary>The stay in which it was, or that ended first after it: "discharged after the caesarean".</summary>
    Around,

    /// <summary>It itself: "discharged after the appendicitis stay" is from that stay.</summary>
    Itself,
}
