namespace MedGemma.Agents.Inference.Llama;

/// <summary>The native engine has refused something; the message ends with what it logged about it.</summary>
public sealed class LlamaException : Exception
{
    internal LlamaException(string message)
        : base(LlamaLog.LastError is { Length: > 0 } error ? $"{message}: {error}" : message)
    {
    }
}
