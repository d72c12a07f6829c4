namespace MedGemma.Agents.Inference.Models;

/// <summary>Two low-rank matrices whose product an adapter adds to a matrix of the model.</summary>
internal sealed record AdapterPair(string Matrix, long Inputs, long Outputs);
