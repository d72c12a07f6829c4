namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Which value another is compared with.</summary>
internal enum ReferencePointKind
{
    /// <summary>The one before the last.</summary>
    Previous,

    /// <summary>The first.</summary>
    First,

    /// <summary>That of a stated time.</summary>
    Dated,

    /// <summary>That of a stated event.</summary>
    Anchor,
}
