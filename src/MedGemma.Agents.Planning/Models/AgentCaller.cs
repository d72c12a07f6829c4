using System.Security.Cryptography;
using System.Text;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Models;

/// <summary>Calls one agent's model in one turn, within its budgets, whatever the model or its server does. Not thread-safe.</summary>
/// <param name="agent">The agent.</param>
/// <param name="model">Its model.</param>
/// <param name="budget">What it may still use up.</param>
/// <param name="prefixScope">With whose requests computed prompts may be shared.</param>
/// <param name="work">Where the call is kept.</param>
/// <param name="clock">The clock.</param>
internal sealed class AgentCaller(AgentDefinition agent, AgentModel model, AgentBudget budget, string prefixScope, TurnWork work, TimeProvider clock)
{
    // A server may count tokens otherwise, or not at all: what is this long has more of them than it may, in any language.
    private const int LongestToken = 16;
    private const int ShortestToken = 3;

    // OpenAI's system_fingerprint, as Microsoft.Extensions.AI names it: inference processes of ours say in it which files have computed the answer.
    private const string Fingerprint = "SystemFingerprint";

    private readonly string _schema = Hash(agent.OutputSchema.GetRawText());

    /// <summary>What the agent may still use up.</summary>
    public AgentBudget Budget => budget;

    /// <summary>Calls the model once.</summary>
    /// <param name="messages">The agent's own prompt first.</param>
    /// <param name="cancellationToken">Cancels the turn: the model is stopped, and the call does not return.</param>
    /// <exception cref="OperationCanceledException">The turn was cancelled.</exception>
    public Task<AgentReply> CallAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken) => CallAsync(messages, null, cancellationToken);

    /// <summary>Calls the model once and passes on what it writes, piece by piece.</summary>
    /// <param name="messages">The agent's own prompt first.</param>
    /// <param name="written">
    /// Told of each piece of what it writes, before the next one is taken, or null. Whether the whole is of use is known only from the reply. Of an agent that thinks it is told
    /// nothing: what was written after half a thought is no answer, and that a thought was cut may be known only in the end.
    /// </param>
    /// <param name="cancellationToken">Cancels the turn: the model is stopped, and the call does not return.</param>
    /// <exception cref="OperationCanceledException">The turn was cancelled.</exception>
    public async Task<AgentReply> CallAsync(IReadOnlyList<ChatMessage> messages, Func<string, CancellationToken, ValueTask>? written, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (budget.TakeStep() is { } spent)
            return new AgentReply("", new UnsureReason.BudgetSpent(spent));

        var heard = new Heard(Hash(string.Join('\0', messages.Select(message => $"{message.Role.Value}\0{message.Text}"))));
        UnsureReason? failure;
        try
        {
            failure = await ListenAsync(messages, heard, Thinks ? null : written, cancellationToken).ConfigureAwait(false) ?? heard.Problem(agent.Options);
        }
        catch (OperationCanceledException)
        {
            await KeepAsync(heard, "", ModelCall.Cancelled).ConfigureAwait(false);
            throw;
        }

        var read = messages.Sum(message => (long)message.Text.Length);
        budget.Use((heard.Usage?.InputTokenCount ?? read / ShortestToken) + (heard.Usage?.OutputTokenCount ?? (heard.Text.Length + heard.ThoughtLength) / ShortestToken));
        var output = failure is null ? heard.Text.ToString() : "";
        await KeepAsync(heard, output, failure?.Code).ConfigureAwait(false);
        return new AgentReply(output, failure);
    }

    private ValueTask KeepAsync(Heard heard, string output, string? failure) => work.AddAsync(
        new AgentWork(agent.Name, agent.Hash, model.Key, heard.ModelId, heard.Files ?? model.File, agent.Adapter, agent.Options.Temperature, agent.Options.Seed, Thinks),
        new ModelCall(
            agent.Name,
            heard.Prompt,
            _schema,
            output,
            failure,
            heard.Usage?.InputTokenCount,
            heard.Usage?.CachedInputTokenCount,
            heard.Usage?.OutputTokenCount,
            heard.Usage?.ReasoningTokenCount,
            agent.Options.KeepThoughts ? heard.Thoughts.ToString() : null,
            heard.NearTies));

    private bool Thinks => agent.Options.Thinking && model.Thinks;

    private async Task<UnsureReason?> ListenAsync(IReadOnlyList<ChatMessage> messages, Heard heard, Func<string, CancellationToken, ValueTask>? written, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(budget.TimeLeft, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var stream = new Stream();
        try
        {
            while (true)
            {
                var (update, failure) = await NextAsync(stream, messages, heard.Prompt, stop.Token, timeout.Token, cancellationToken).ConfigureAwait(false);
                if (update is null)
                    return failure;

                var before = heard.Text.Length;
                if (heard.Add(update, agent.Options, model.Dialect) is { } tooMuch)
                    return tooMuch;
                if (written is not null && heard.Text.Length > before)
                    await written(heard.Text.ToString(before, heard.Text.Length - before), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            if (stream.Updates is { } updates)
                Leave(updates, stream.Moving);
        }
    }

    /// <summary>The next update; none when the stream has ended, with the reason when it did so badly.</summary>
    private async Task<(ChatResponseUpdate? Update, UnsureReason? Failure)> NextAsync(
        Stream stream, IReadOnlyList<ChatMessage> messages, string prompt, CancellationToken stop, CancellationToken timeout, CancellationToken cancellationToken)
    {
        try
        {
            stream.Updates ??= model.Client.GetStreamingResponseAsync(messages, Options(prompt), stop).GetAsyncEnumerator(stop);

            // A client that does not heed its token is left behind: the turn waits for nobody.
            stream.Moving = stream.Updates.MoveNextAsync().AsTask();
            return await stream.Moving.WaitAsync(stop).ConfigureAwait(false) ? (stream.Updates.Current, null) : (null, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return (null, new UnsureReason.BudgetSpent(TurnBudgetKind.Time));
        }
        catch (Exception failure)
        {
            // Whatever a client of somebody else's throws, the model has not answered; its words may quote the prompt.
            return (null, model.Dialect.Explain(failure));
        }
    }

    /// <summary>Disposes the stream, which ends the sequence at the model; while it still moves, only afterwards, and nobody waits for that.</summary>
    private static void Leave(IAsyncEnumerator<ChatResponseUpdate> updates, Task<bool>? moving)
    {
        _ = DisposeAsync();

        async Task DisposeAsync()
        {
            if (moving is not null)
                await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await updates.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ChatOptions Options(string prompt)
    {
        var options = new ChatOptions
        {
            Temperature = agent.Options.Temperature,
            Seed = agent.Options.Seed,
            MaxOutputTokens = agent.Options.MaxOutputTokens,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(agent.OutputSchema, agent.Name.Replace('-', '_')),
            Reasoning = Thinks ? new ReasoningOptions { Effort = ReasoningEffort.Medium } : null,
        };
        model.Dialect.Say(options, new ModelHints(prefixScope, 1, agent.Options.MaxThinkingTokens, agent.Adapter, clock.GetUtcNow() + budget.TimeLeft, work.NearTiesOfNext(agent.Name, prompt)));
        return options;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A stream of updates, and the move that it is in.</summary>
    private sealed class Stream
    {
        public IAsyncEnumerator<ChatResponseUpdate>? Updates { get; set; }

        public Task<bool>? Moving { get; set; }
    }

    private sealed class Heard(string prompt)
    {
        private ChatFinishReason? _finish;

        public string Prompt => prompt;

        public StringBuilder Text { get; } = new();

        public StringBuilder Thoughts { get; } = new();

        public long ThoughtLength { get; private set; }

        public UsageDetails? Usage { get; private set; }

        /// <summary>Whether the model has thought, which a server that is not ours cannot be asked for.</summary>
        public bool HasThought => ThoughtLength > 0 || Usage?.ReasoningTokenCount > 0;

        public string? ModelId { get; private set; }

        public string? Files { get; private set; }

        public IReadOnlyList<NearTie>? NearTies { get; private set; }

        public UnsureReason? Add(ChatResponseUpdate update, AgentOptions options, IModelDialect dialect)
        {
            _finish = update.FinishReason ?? _finish;
            ModelId = update.ModelId ?? ModelId;
            NearTies = dialect.NearTies(update) ?? NearTies;
            Files = update.AdditionalProperties?.TryGetValue(Fingerprint, out string? said) == true ? said : Files;
            foreach (var content in update.Contents)
            {
                switch (content)
                {
                    case TextReasoningContent thought:
                        ThoughtLength += thought.Text.Length;
                        if (options.KeepThoughts)
                            Thoughts.Append(thought.Text);
                        break;
                    case TextContent text:
                        Text.Append(text.Text);
                        break;
                    case UsageContent usage:
                        Usage = usage.Details;
                        break;
                }
            }

            return ThoughtLength > (long)options.MaxThinkingTokens * LongestToken ? new UnsureReason.ThinkingCut()
                : Text.Length > (long)options.MaxOutputTokens * LongestToken ? new UnsureReason.OutputCut()
                : null;
        }

        /// <summary>Why what was heard whole is of no use, or null.</summary>
        public UnsureReason? Problem(AgentOptions options)
        {
            var isBlank = Text.Length == 0 || string.IsNullOrWhiteSpace(Text.ToString());
            if (Usage?.ReasoningTokenCount > options.MaxThinkingTokens)
                return new UnsureReason.ThinkingCut();
            if (_finish is { } end && end != ChatFinishReason.Stop)
                return isBlank && ThoughtLength > 0 ? new UnsureReason.ThinkingCut() : new UnsureReason.OutputCut();

            return isBlank ? new UnsureReason.EmptyOutput() : null;
        }
    }
}
