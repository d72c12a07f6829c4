using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.Suites.Running;

/// <summary>
/// Counts the tokens of every call that a model answers while an item is put; the count belongs to the item, however deep below it the call is made. A call that a
/// server gives no usage for counts as a call of no tokens. In a run whose fault is that the model is down, no call comes through. Safe for concurrent use.
/// </summary>
/// <param name="inner">The model.</param>
public sealed class TokenMeter(IChatClient inner) : DelegatingChatClient(inner)
{
    private static readonly AsyncLocal<Tally?> Current = new();

    /// <summary>A metered model; one that is metered already stays as it is, so that no token counts twice.</summary>
    /// <param name="model">The model.</param>
    public static IChatClient On(IChatClient model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.GetService(typeof(TokenMeter)) is null ? new TokenMeter(model) : model;
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Current.Value?.DemandReachable();
        var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        Current.Value?.Add(response.Usage);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var tally = Current.Value;
        tally?.DemandReachable();
        UsageDetails? usage = null;
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            {
                foreach (var content in update.Contents.OfType<UsageContent>())
                {
                    usage ??= new UsageDetails();
                    usage.Add(content.Details);
                }

                yield return update;
            }
        }
        finally
        {
            tally?.Add(usage);
        }
    }

    /// <summary>Begins to count for what follows in this asynchronous flow.</summary>
    /// <param name="down">Whether no model answers.</param>
    internal static Tally Begin(bool down) => Current.Value = new Tally(down);

    /// <summary>The count of one item.</summary>
    internal sealed class Tally(bool down)
    {
        private long _input;
        private long _output;
        private int _calls;

        public TokenCount? Total => _calls == 0 ? null : new TokenCount(Interlocked.Read(ref _input), Interlocked.Read(ref _output), _calls);

        public void DemandReachable()
        {
            if (down)
                throw new HttpRequestException(HttpRequestError.ConnectionError, "The model's server does not answer (injected fault).");
        }

        public void Add(UsageDetails? usage)
        {
            Interlocked.Increment(ref _calls);
            Interlocked.Add(ref _input, usage?.InputTokenCount ?? 0);
            Interlocked.Add(ref _output, usage?.OutputTokenCount ?? 0);
        }
    }
}
