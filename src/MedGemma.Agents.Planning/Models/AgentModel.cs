using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Models;

/// <summary>A model that agents call.</summary>
/// <param name="Key">Its key in the configuration.</param>
/// <param name="Client">How it is called; stays its owner's.</param>
/// <param name="Dialect">What is said to it, and what its failures mean.</param>
/// <param name="File">What tells the model's file from others: name, length and hash, where they are known.</param>
/// <param name="Thinks">True when the model was trained to think before it answers.</param>
public sealed record AgentModel(string Key, IChatClient Client, IModelDialect Dialect, string? File = null, bool Thinks = false);
