using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Chat.Template;
using MedGemma.Agents.Inference.Chat.Tools;
using MedGemma.Agents.Inference.Grammars;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Chat;

/// <summary>Makes requests to an engine of chat messages and options.</summary>
/// <param name="info">The engine.</param>
/// <param name="grammars">Grammars made before.</param>
internal sealed class GenerationRequests(GeneratorInfo info, GrammarCache grammars)
{
    // The model's own words for it (MedGemma model card).
    private const string ThinkingInstruction = "SYSTEM INSTRUCTION: think silently if needed. ";

    /// <exception cref="RequestRefusedException">Something in it cannot be done.</exception>
    public GenerationRequest Of(IEnumerable<ChatMessage> messages, ChatOptions? options, ToolSet tools)
    {
        var inference = options.Inference();
        Check(options, inference);
        var conversation = ChatConversation.Of(messages, info.Images);
        var thinking = options?.Reasoning is { Effort: not ReasoningEffort.None };
        if (thinking && !info.Thinking)
            throw new RequestRefusedException("reasoning_effort", "This model was not trained to think before it answers.");

        string[] system = [options?.Instructions ?? "", conversation.System, tools.Declaration];
        var instruction = (thinking ? ThinkingInstruction : "") + string.Join("\n\n", system.Where(text => text.Length > 0));
        return new GenerationRequest(GemmaChatTemplate.Render(instruction, conversation.Turns))
        {
            Sampling = new Sampling
            {
                Temperature = options?.Temperature ?? 0,
                TopK = options?.TopK,
                TopP = options?.TopP ?? 1,
                MinP = inference.MinP,
                FrequencyPenalty = options?.FrequencyPenalty ?? 0,
                PresencePenalty = options?.PresencePenalty ?? 0,
                Seed = options?.Seed,
            },
            Grammar = Grammar(options, inference, tools),
            Thinking = thinking ? new ThinkingPhase(inference.MaxThinkingTokens) : null,
            MaxTokens = options?.MaxOutputTokens,
            LogProbs = inference.LogProbs,
            NearTies = inference.NearTies,
            Adapter = inference.Adapter,
            Prefix = inference.Prefix,
            PinnedCharacters = inference.Prefix.PinnedMessages > 0 && inference.Prefix.PinnedMessages >= conversation.SystemMessages ? GemmaChatTemplate.SystemCharacters(instruction) : 0,
            Priority = inference.Priority,
            Waited = inference.Waited,
            Deadline = inference.Deadline,
        };
    }

    private Grammar? Grammar(ChatOptions? options, InferenceChatOptions inference, ToolSet tools)
    {
        var format = options?.ResponseFormat as ChatResponseFormatJson;
        if (inference.Grammar is not null && (format is not null || tools.Any))
            throw new RequestRefusedException("grammar", "A grammar stands for itself, without a response format and without tools.");

        if (inference.Grammar is not null)
            return inference.Grammar;
        if (format is null && !tools.Required)
            return null;

        // Where calls are possible and the answer has a schema, the output is one or the other.
        var alternatives = tools.Calls.ToList();
        if (format is not null && !tools.Required)
            alternatives.Insert(0, new GrammarAlternative(format.Schema ?? GrammarCache.AnyObject));

        return grammars.Of(alternatives) switch
        {
            GrammarResult.Compiled(var grammar) => grammar,
            GrammarResult.Refused refused => throw new RequestRefusedException(format is null ? "tools" : "response_format", $"No grammar can be made of the schema: {refused}."),
            _ => throw new InvalidOperationException("There is no third result."),
        };
    }

    private void Check(ChatOptions? options, InferenceChatOptions inference)
    {
        Within("temperature", options?.Temperature, 0, 2);
        Within("top_p", options?.TopP, float.Epsilon, 1);
        Within("min_p", inference.MinP, 0, 1);
        Within("top_k", options?.TopK, 1, int.MaxValue);
        Within("frequency_penalty", options?.FrequencyPenalty, -2, 2);
        Within("presence_penalty", options?.PresencePenalty, -2, 2);
        Within("max_tokens", options?.MaxOutputTokens, 1, info.ContextLength);
        Within("top_logprobs", inference.LogProbs, 0, 20);
        Within("max_thinking_tokens", options?.Reasoning is { Effort: not ReasoningEffort.None } ? inference.MaxThinkingTokens : null, 1, info.ContextLength);
        if (inference.Adapter is { } adapter && !info.Adapters.Contains(adapter, StringComparer.Ordinal))
            throw new RequestRefusedException("adapter", "There is no such adapter.");
        if (options?.StopSequences?.Any(string.IsNullOrEmpty) == true)
            throw new RequestRefusedException("stop", "A stop text may not be empty.");
    }

    private static void Within(string parameter, double? value, double lowest, double highest)
    {
        if (value is { } given && !(given >= lowest && given <= highest))
            throw new RequestRefusedException(parameter, $"{parameter} must lie between {lowest:R} and {highest:R}.");
    }
}
