using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Chat;

/// <summary>
/// Carries what computed an answer through answers: OpenAI's <c>system_fingerprint</c>, under the name that Microsoft.Extensions.AI's own client of OpenAI gives it. Our inference
/// processes say the model's files with their hashes, other servers their build or nothing.
/// </summary>
public static class SystemFingerprintExtensions
{
    /// <summary>Name of the additional property.</summary>
    public const string Key = "SystemFingerprint";

    /// <summary>What computed an update; null where it does not say. The first update and the last say it, the last with what has become known meanwhile.</summary>
    /// <param name="update">The update.</param>
    public static string? SystemFingerprint(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update.AdditionalProperties?.TryGetValue(Key, out string? found) == true ? found : null;
    }

    /// <summary>What computed an answer; null where it is not said.</summary>
    /// <param name="response">The answer.</param>
    public static string? SystemFingerprint(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);

        // What updates carry becomes a message's when they are put together.
        return response.Messages.Select(message => message.AdditionalProperties).Prepend(response.AdditionalProperties)
            .Select(properties => properties?.TryGetValue(Key, out string? found) == true ? found : null).LastOrDefault(found => found is not null);
    }

    internal static void SetSystemFingerprint(this ChatResponseUpdate update, string? fingerprint)
    {
        if (fingerprint is not null)
            (update.AdditionalProperties ??= [])[Key] = fingerprint;
    }
}
