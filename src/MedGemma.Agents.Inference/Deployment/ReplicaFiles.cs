using MedGemma.Agents.Inference.Models.Identity;

namespace MedGemma.Agents.Inference.Deployment;

/// <summary>What a replica computes with.</summary>
/// <param name="Replica">Its name in the configuration.</param>
/// <param name="Files">Its files, a hash null as long as it is not known; empty where a server does not say.</param>
public sealed record ReplicaFiles(string Replica, IReadOnlyList<ModelFileHash> Files);
