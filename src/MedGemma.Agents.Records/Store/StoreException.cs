namespace MedGemma.Agents.Records.Store;

/// <summary>The store cannot be used as asked; the message is one line for people and carries no patient data.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">One clear line, with what to do about it.</param>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what it came from.</summary>
    /// <param name="message">One clear line, with what to do about it.</param>
    /// <param name="innerException">What was thrown beneath.</param>
    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
