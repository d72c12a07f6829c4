using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>One place where a model runs: a device of this machine, or a server.</summary>
/// <param name="Name">Its name in the configuration, such as <c>cuda:0</c>; unique in its pool. It appears in logs.</param>
/// <param name="Client">Who answers; stays its owner's. It fails with the kinds of <see cref="Chat.Failures.InferenceException"/>.</param>
/// <param name="Probe">Who says whether it lives.</param>
/// <param name="Slots">How many requests it works on at once, from 1.</param>
public sealed record ModelReplica(string Name, IChatClient Client, IReplicaProbe Probe, int Slots);
