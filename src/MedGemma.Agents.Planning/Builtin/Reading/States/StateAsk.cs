namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>What became of something that was ordered or planned.</summary>
internal enum StateAsk
{
    /// <summary>Nothing is asked of it.</summary>
    None = 0,
    /// <summary>It was called off: revoked, cancelled.</summary>
    CalledOff,
    /// <summary>It was not done.</summary>
    NotDone,
    /// <summary>It was broken off.</summary>
    BrokenOff,
    /// <summary>It was not attended.</summary>
    Missed,
    /// <summary>Its result is final.</summary>
    Final,
    /// <summary>Its result is not final yet.</summary>
    Preliminary,
    /// <summary>The status itself is wanted.</summary>
    Status,
}
