namespace MedGemma.Agents.Inference.Supervision;

/// <summary>How an inference process does.</summary>
public enum SupervisorState
{
    /// <summary>It has been started and loads its model.</summary>
    Loading,

    /// <summary>It answers.</summary>
    Up,

    /// <summary>It has ended and will be started again after a pause.</summary>
    Pausing,

    /// <summary>It crashed too often; it stays down until it is told to reload.</summary>
    GivenUp,

    /// <summary>It was told to stop.</summary>
    Stopped,
}
