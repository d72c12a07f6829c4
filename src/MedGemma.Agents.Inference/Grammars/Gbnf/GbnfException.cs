namespace MedGemma.Agents.Inference.Grammars.Gbnf;

/// <summary>A grammar text is not what it should be; caught where it is checked.</summary>
internal sealed class GbnfException(string message) : Exception(message);
