namespace MedGemma.Agents.Inference.Pool;

/// <summary>How a replica does at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsUp">Whether it answered the last check.</param>
/// <param name="IsDraining">Whether it takes no new requests.</param>
/// <param name="IsGivenUp">Whether nothing tries to bring it up again.</param>
/// <param name="Running">Requests it works on.</param>
/// <param name="Slots">Requests it can work on at once.</param>
/// <param name="Capabilities">What it can do; null before the first probe.</param>
public sealed record ReplicaStatus(string Name, bool IsUp, bool IsDraining, bool IsGivenUp, int Running, int Slots, ReplicaCapabilities? Capabilities);
