using System.Text;
using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.OpenAi.Protocol;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.OpenAi.Serving;

/// <summary>Makes the protocol's answers of chat updates.</summary>
internal sealed class CompletionWriter
{
    private bool _begun;
    private int _calls;

    /// <summary>The chunks of one update; usage comes in a chunk of its own, without choices, as the protocol has it.</summary>
    public IEnumerable<Completion> Chunks(ChatResponseUpdate update, bool usage)
    {
        var text = string.Concat(update.Contents.OfType<TextContent>().Select(content => content.Text));
        var thought = string.Concat(update.Contents.OfType<TextReasoningContent>().Select(content => content.Text));
        var calls = update.Contents.OfType<FunctionCallContent>().Select(call => Call(call, _calls++)).ToList();
        yield return Head(update, Completion.Chunk) with
        {
            Choices =
            [
                new CompletionChoice
                {
                    Delta = new CompletionMessage
                    {
                        Role = _begun ? null : "assistant",
                        Content = text.Length > 0 ? MessageContent.Of(text) : null,
                        ReasoningContent = thought.Length > 0 ? thought : null,
                        ToolCalls = calls.Count > 0 ? calls : null,
                    },
                    FinishReason = update.FinishReason?.Value,
                    Logprobs = LogProbs(update.LogProbs()),
                    NearTies = NearTies(update.NearTies()),
                },
            ],
        };
        _begun = true;
        if (usage && update.Contents.OfType<UsageContent>().FirstOrDefault() is { } used)
            yield return Head(update, Completion.Chunk) with { Choices = [], Usage = Usage(used.Details) };
    }

    /// <summary>The whole answer.</summary>
    public static Completion Whole(IReadOnlyList<ChatResponseUpdate> updates)
    {
        var response = updates.ToChatResponse();
        var contents = response.Messages.SelectMany(message => message.Contents).ToList();
        var text = string.Concat(contents.OfType<TextContent>().Select(content => content.Text));
        var thought = string.Concat(contents.OfType<TextReasoningContent>().Select(content => content.Text));
        var calls = contents.OfType<FunctionCallContent>().Select(call => Call(call, null)).ToList();
        return Head(updates[^1], Completion.Whole) with
        {
            Choices =
            [
                new CompletionChoice
                {
                    Message = new CompletionMessage
                    {
                        Role = "assistant",
                        Content = text.Length > 0 || calls.Count == 0 ? MessageContent.Of(text) : null,
                        ReasoningContent = thought.Length > 0 ? thought : null,
                        ToolCalls = calls.Count > 0 ? calls : null,
                    },
                    FinishReason = response.FinishReason?.Value,
                    Logprobs = LogProbs([.. updates.SelectMany(update => update.LogProbs())]),
                    NearTies = NearTies(updates[^1].NearTies()),
                },
            ],
            Usage = response.Usage is { } usage ? Usage(usage) : null,
        };
    }

    private static Completion Head(ChatResponseUpdate update, string kind) =>
        new() { Id = update.ResponseId, Object = kind, Created = update.CreatedAt?.ToUnixTimeSeconds() ?? 0, Model = update.ModelId, SystemFingerprint = update.SystemFingerprint() };

    private static ToolCall Call(FunctionCallContent call, int? index) =>
        new(call.CallId, "function", new FunctionCall(call.Name, JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)))), index);

    private static CompletionUsage Usage(UsageDetails usage) => new(
        usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, usage.TotalTokenCount ?? 0, new PromptDetails(usage.CachedInputTokenCount), new CompletionDetails(usage.ReasoningTokenCount));

    private static LogProbList? LogProbs(IReadOnlyList<TokenLogProb> tokens) => tokens.Count == 0 ? null : new LogProbList([.. tokens.Select(token => Entry(token) with { TopLogprobs = [.. token.Alternatives.Select(Entry)] })]);

    private static IReadOnlyList<NearTieEntry>? NearTies(IReadOnlyList<NearTie> ties) => ties.Count == 0 ? null : [.. ties.Select(tie => new NearTieEntry(tie.At, tie.Token, tie.Lead))];

    private static LogProbEntry Entry(TokenLogProb token) => new(Encoding.UTF8.GetString(token.Utf8.Span), token.LogProb, [.. token.Utf8.ToArray().Select(octet => (int)octet)]);
}
