namespace MedGemma.Agents.Inference.Chat.Failures;

/// <summary>The request cannot be carried out as it stands; trying again does not help.</summary>
/// <param name="parameter">The option or message at fault, as the OpenAI API names it: <c>messages</c>, <c>response_format</c>.</param>
/// <param name="message">What is wrong, for the caller's author.</param>
/// <param name="inner">The cause.</param>
public sealed class RequestRefusedException(string parameter, string message, Exception? inner = null) : InferenceException(message, inner)
{
    /// <summary>The option or message at fault.</summary>
    public string Parameter { get; } = parameter;
}
