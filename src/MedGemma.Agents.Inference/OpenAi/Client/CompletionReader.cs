using System.Text;
using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Chat.Streaming;
using MedGemma.Agents.Inference.OpenAi.Protocol;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.OpenAi.Client;

/// <summary>Makes chat updates of an answer, whole or in chunks. Calls of tools, whose arguments come in pieces, are given when the answer has ended.</summary>
/// <param name="thoughtsApart">True when thoughts come in a field of their own; otherwise they are looked for in the text.</param>
internal sealed class CompletionReader(bool thoughtsApart)
{
    private readonly ThoughtSplitter _thoughts = new(markersAreText: true);
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];
    private Completion? _last;

    /// <summary>True once the server has said why the answer ended.</summary>
    public bool Ended { get; private set; }

    /// <exception cref="InferenceException">The piece is an error.</exception>
    public IEnumerable<ChatResponseUpdate> Read(Completion completion)
    {
        if (completion.Error is { } error)
            throw ErrorReader.Failure(error);

        _last = completion;
        var contents = new List<AIContent>();
        var choice = completion.Choices is [var first, ..] ? first : null;
        if ((choice?.Delta ?? choice?.Message) is { } message)
        {
            if (message.ReasoningContent is { Length: > 0 } thought)
                contents.Add(new TextReasoningContent(thought));
            if (message.Content?.Text is { Length: > 0 } text)
                contents.AddRange(thoughtsApart ? [new TextContent(text)] : Shown(_thoughts.Push(text)));

            foreach (var (i, call) in (message.ToolCalls ?? []).Index())
                Collect(call, call.Index ?? i);
        }

        if (completion.Usage is { } usage)
            contents.Add(new UsageContent(Usage(usage)));

        ChatFinishReason? reason = null;
        if (choice?.FinishReason is { } finish)
        {
            Ended = true;
            reason = new ChatFinishReason(finish);
            contents.AddRange(Shown(_thoughts.Finish()));
            contents.AddRange(Calls());
        }

        if (contents.Count == 0 && reason is null)
            yield break;

        var update = Update(contents);
        update.FinishReason = reason;
        update.SetSystemFingerprint(completion.SystemFingerprint);
        update.SetLogProbs([.. (choice?.Logprobs?.Content ?? []).Select(LogProb)]);
        update.SetNearTies([.. (choice?.NearTies ?? []).Select(tie => new NearTie(tie.At, tie.Token, tie.Lead))]);
        yield return update;
    }

    /// <summary>What is left when nothing more comes.</summary>
    public IEnumerable<ChatResponseUpdate> Finish() => Shown(_thoughts.Finish()).ToList() is { Count: > 0 } rest ? [Update(rest)] : [];

    private static IEnumerable<AIContent> Shown(IEnumerable<StreamedText> pieces) =>
        pieces.Select(piece => piece.IsThought ? (AIContent)new TextReasoningContent(piece.Text) : new TextContent(piece.Text));

    private static UsageDetails Usage(CompletionUsage usage) => new()
    {
        InputTokenCount = usage.PromptTokens,
        OutputTokenCount = usage.CompletionTokens,
        TotalTokenCount = usage.TotalTokens,
        CachedInputTokenCount = usage.PromptTokensDetails?.CachedTokens,
        ReasoningTokenCount = usage.CompletionTokensDetails?.ReasoningTokens,
    };

    private static TokenLogProb LogProb(LogProbEntry entry) => new(
        entry.Bytes is { } octets ? octets.Select(octet => (byte)octet).ToArray() : Encoding.UTF8.GetBytes(entry.Token), entry.Logprob, [.. (entry.TopLogprobs ?? []).Select(LogProb)]);

    private ChatResponseUpdate Update(IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _last?.Id,
        MessageId = _last?.Id,
        ModelId = _last?.Model,
        CreatedAt = _last is null ? null : DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(_last.Created, 0, 253_402_300_799)),
    };

    private void Collect(ToolCall call, int index)
    {
        if (!_calls.TryGetValue(index, out var known))
            known = (call.Id ?? "", call.Function?.Name ?? "", new StringBuilder());
        else if (known.Id.Length == 0 || known.Name.Length == 0)
            known = (call.Id ?? known.Id, call.Function?.Name ?? known.Name, known.Arguments);

        known.Arguments.Append(call.Function?.Arguments);
        _calls[index] = known;
    }

    private IEnumerable<AIContent> Calls()
    {
        foreach (var (id, name, arguments) in _calls.Values)
            yield return FunctionCallContent.CreateFromParsedArguments(arguments.ToString(), id, name, Arguments);

        _calls.Clear();
    }

    // What does not parse becomes the call's exception, which tells the model.
    private static Dictionary<string, object?> Arguments(string json) =>
        JsonElement.Parse(json).EnumerateObject().DistinctBy(argument => argument.Name).ToDictionary(argument => argument.Name, argument => (object?)argument.Value);
}
