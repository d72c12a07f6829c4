namespace MedGemma.Agents.Inference.Llama;

/// <summary>The native engine cannot run here: its libraries are missing, of another version, or for another machine. The message is one line that says what is needed.</summary>
public sealed class EngineUnavailableException : Exception
{
    internal EngineUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
