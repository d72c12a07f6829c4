namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>What is asked of flags.</summary>
internal enum FlagAsk
{
    /// <summary>Nothing that depends on whether they are over.</summary>
    None = 0,
    /// <summary>Those that hold now.</summary>
    Current,
    /// <summary>Those that are over.</summary>
    Over,
    /// <summary>When one ended.</summary>
    End,
}
