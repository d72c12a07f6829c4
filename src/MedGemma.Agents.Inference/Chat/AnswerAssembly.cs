using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Chat.Streaming;
using MedGemma.Agents.Inference.Chat.Tools;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Chat;

/// <summary>Makes chat updates of one generation: bytes to text, thoughts from answer, stop texts, tool calls, usage.</summary>
/// <param name="tools">The tools of the request.</param>
/// <param name="stops">Its stop texts, which end the answer and do not concern the thoughts.</param>
/// <param name="newId">Makes the identifier of a tool call.</param>
internal sealed class AnswerAssembly(ToolSet tools, IReadOnlyList<string> stops, Func<string> newId)
{
    private readonly Utf8Pieces _utf8 = new();
    private readonly ThoughtSplitter _thoughts = new(markersAreText: false);
    private readonly StopCutter _stop = new(stops);
    private readonly ToolCallCollector _calls = new(tools, newId);
    private readonly List<TokenLogProb> _logProbs = [];
    private GenerationEvent.Started? _started;
    private GenerationEnd? _end;
    private IReadOnlyList<NearTie> _nearTies = [];
    private int _tokens;
    private int _thoughtTokens;

    /// <summary>True when nothing more is needed of the generation.</summary>
    public bool Ended => _end is not null;

    /// <summary>Takes an event and gives what can be shown of it.</summary>
    /// <exception cref="ModelFailedException">The generation has come to a dead end.</exception>
    public IEnumerable<ChatResponseUpdate> Take(GenerationEvent step)
    {
        switch (step)
        {
            case GenerationEvent.Started started:
                _started = started;
                return [];
            case GenerationEvent.Finished(GenerationEnd.DeadEnd):
                throw new ModelFailedException("No token of the model's vocabulary goes on with what the grammar has begun.");
            case GenerationEvent.Finished(var end) finished:
                _end = end;
                _nearTies = finished.NearTies;
                return [];
            case GenerationEvent.Token token:
                return Updates(Take(token));
            default:
                throw new InvalidOperationException("There is no fourth event.");
        }
    }

    /// <summary>The last update: what was held back, why it ended, and usage.</summary>
    public ChatResponseUpdate Closing()
    {
        var contents = Show([.. _thoughts.Push(_utf8.Finish()), .. _thoughts.Finish()]);
        Add(contents, _calls.Push(_stop.Finish()));
        contents.AddRange(_calls.Finish());
        var calls = contents.Exists(content => content is FunctionCallContent);
        contents.Add(new UsageContent(new UsageDetails
        {
            InputTokenCount = _started?.PromptTokens,
            CachedInputTokenCount = _started?.CachedTokens,
            OutputTokenCount = _tokens,
            ReasoningTokenCount = _thoughtTokens,
            TotalTokenCount = _started?.PromptTokens + _tokens,
        }));
        var update = new ChatResponseUpdate(ChatRole.Assistant, contents)
        {
            FinishReason = _end switch
            {
                GenerationEnd.EndOfTurn => calls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
                _ => ChatFinishReason.Length,
            },
        };
        update.SetLogProbs([.. _logProbs]);
        update.SetNearTies(_nearTies);
        return update;
    }

    private List<AIContent> Take(GenerationEvent.Token token)
    {
        _tokens++;
        if (token.LogProb is { } logProb)
            _logProbs.Add(logProb);
        if (_thoughts.IsThinking || token.Control == ControlToken.StartOfThought)
            _thoughtTokens++;

        return Show([.. token.Control is { } control ? _thoughts.Push(control) : _thoughts.Push(_utf8.Push(token.Utf8.Span))]);
    }

    private List<AIContent> Show(IReadOnlyList<StreamedText> pieces)
    {
        var contents = new List<AIContent>();
        foreach (var (isThought, text) in pieces)
        {
            if (isThought)
                contents.Add(new TextReasoningContent(text));
            else
                Add(contents, _calls.Push(_stop.Push(text)));
        }

        if (_stop.Stopped)
            _end = GenerationEnd.EndOfTurn;

        return contents;
    }

    private static void Add(List<AIContent> contents, string text)
    {
        if (text.Length > 0)
            contents.Add(new TextContent(text));
    }

    private IEnumerable<ChatResponseUpdate> Updates(List<AIContent> contents)
    {
        if (contents.Count == 0)
            yield break;

        var update = new ChatResponseUpdate(ChatRole.Assistant, contents);
        update.SetLogProbs([.. _logProbs]);
        _logProbs.Clear();
        yield return update;
    }
}
