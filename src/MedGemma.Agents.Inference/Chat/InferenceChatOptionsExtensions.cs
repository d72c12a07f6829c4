using MedGemma.Agents.Inference.Chat.Generation;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Chat;

/// <summary>Carries <see cref="InferenceChatOptions"/> through <see cref="ChatOptions"/>, and log probabilities and near ties through answers.</summary>
public static class InferenceChatOptionsExtensions
{
    private const string OptionsKey = "medgemma.inference";
    private const string LogProbsKey = "medgemma.logprobs";
    private const string NearTiesKey = "medgemma.near_ties";

    /// <summary>Sets what is said beyond the common options.</summary>
    /// <param name="options">The options to change.</param>
    /// <param name="inference">What to say.</param>
    /// <returns>The same options.</returns>
    public static ChatOptions WithInference(this ChatOptions options, InferenceChatOptions inference)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options.AdditionalProperties ??= [])[OptionsKey] = inference;
        return options;
    }

    /// <summary>What is said beyond the common options.</summary>
    /// <param name="options">The options, or null.</param>
    public static InferenceChatOptions Inference(this ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(OptionsKey, out InferenceChatOptions? inference) == true ? inference! : InferenceChatOptions.Default;

    /// <summary>The log probabilities of the tokens of an update; empty when none were asked for.</summary>
    /// <param name="update">The update.</param>
    public static IReadOnlyList<TokenLogProb> LogProbs(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update.AdditionalProperties?.TryGetValue(LogProbsKey, out IReadOnlyList<TokenLogProb>? found) == true ? found! : [];
    }

    /// <summary>The near ties of an answer, which its last update carries; empty when none were asked for.</summary>
    /// <param name="update">The update.</param>
    public static IReadOnlyList<NearTie> NearTies(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update.AdditionalProperties?.TryGetValue(NearTiesKey, out IReadOnlyList<NearTie>? found) == true ? found! : [];
    }

    internal static void SetNearTies(this ChatResponseUpdate update, IReadOnlyList<NearTie> found)
    {
        if (found.Count > 0)
            (update.AdditionalProperties ??= [])[NearTiesKey] = found;
    }

    internal static void SetLogProbs(this ChatResponseUpdate update, IReadOnlyList<TokenLogProb> found)
    {
        if (found.Count > 0)
            (update.AdditionalProperties ??= [])[LogProbsKey] = found;
    }
}
