using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Models;
using Microsoft.Extensions.AI;
using NearTie = MedGemma.Agents.Inference.Chat.Generation.NearTie;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>Says to the model pools what Planning has to say, in the words of Inference: neither room knows the other.</summary>
internal sealed class InferenceDialect : IModelDialect
{
    public void Say(ChatOptions options, ModelHints hints) => options.WithInference(new InferenceChatOptions
    {
        Prefix = new PrefixHint(hints.PrefixScope, hints.PinnedMessages),
        Adapter = hints.Adapter,
        MaxThinkingTokens = hints.MaxThinkingTokens,
        Deadline = hints.Deadline,
        NearTies = [.. hints.NearTies.Select(tie => new NearTie(tie.At, tie.Token, tie.Lead))],
    });

    public IReadOnlyList<Planning.Answers.NearTie>? NearTies(ChatResponseUpdate update) =>
        update.NearTies() is { Count: > 0 } ties ? [.. ties.Select(tie => new Planning.Answers.NearTie(tie.At, tie.Token, tie.Lead))] : null;

    public UnsureReason Explain(Exception failure) => failure switch
    {
        ModelBusyException busy => new UnsureReason.ModelBusy(busy.RetryAfter),
        ContextOverflowException => new UnsureReason.TooLongForModel(),
        RequestRefusedException refused => new UnsureReason.ModelRefused(refused.Parameter),
        _ => new UnsureReason.ModelLost(),
    };
}
