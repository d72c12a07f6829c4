using System.Runtime.InteropServices;
using System.Threading.Channels;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prefixes;
using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Engine.Sampling;

namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>
/// One generation on its way through the engine. Its tokens are prompt and output together: whatever of them is not computed yet is read before the next one is
/// chosen, be it a prompt, the last token, or all of it after the sequence had to give way. Owned by the decode thread, but for <see cref="Events"/> and <see cref="Cancel"/>.
/// </summary>
internal sealed class GenerationSequence
{
    /// <summary>Runs in no slot.</summary>
    public const int NoSlot = -1;

    private readonly List<long> _keys;
    private readonly Channel<GenerationEvent> _channel = Channel.CreateUnbounded<GenerationEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly SortedSet<int> _publishAt = [];
    private readonly uint _scope;
    private volatile bool _cancelled;
    private volatile bool _abandoned;

    public GenerationSequence(GenerationRequest request, Prompt prompt, TokenChooser chooser, int mostTokens, long arrived, long order, uint pinned, uint scope)
    {
        (Request, Prompt, Chooser, MostTokens, Arrived, Order, _scope) = (request, prompt, chooser, mostTokens, arrived, order, scope);
        Waited = request.Waited;
        _keys = new List<long>(prompt.Tokens.Length + Math.Min(mostTokens, 1024));
        for (var i = 0; i < prompt.Tokens.Length; i++)
            _keys.Add(Key(i < prompt.PinnedLength ? pinned : scope, prompt.Tokens[i]));
    }

    public GenerationRequest Request { get; }

    public Prompt Prompt { get; }

    public TokenChooser Chooser { get; }

    /// <summary>Most tokens that it may write, thinking included.</summary>
    public int MostTokens { get; }

    /// <summary>When the request came, as a timestamp.</summary>
    public long Arrived { get; }

    /// <summary>Its number among all requests.</summary>
    public long Order { get; }

    /// <summary>How long it had waited for a slot when it last got one, elsewhere before it came included.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>Since when it waits for a slot, as a timestamp; of no meaning while it has one.</summary>
    public long WaitingSince { get; set; }

    /// <summary>What the caller reads.</summary>
    public ChannelReader<GenerationEvent> Events => _channel.Reader;

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool IsCancelled => _cancelled;

    /// <summary>Whether whoever waited for it gave up, instead of having all that was wanted.</summary>
    public bool IsAbandoned => _abandoned;

    /// <summary>The engine's sequence that it runs in; <see cref="NoSlot"/> while it waits.</summary>
    public int Slot { get; set; } = NoSlot;

    /// <summary>Tokens of it that are in the engine's cache.</summary>
    public int Computed { get; set; }

    /// <summary>What it shares with kept prefixes.</summary>
    public PrefixShare Share { get; set; }

    /// <summary>Where it began in the window of another sequence and still has none of its own; null otherwise.</summary>
    public int? BeganInWindowAt { get; set; }

    /// <summary>Cells that only it holds.</summary>
    public int OwnCells { get; set; }

    /// <summary>Whether it has run before.</summary>
    public bool HasRun { get; set; }

    /// <summary>Tokens of the prompt that were taken from kept prefixes when it first ran.</summary>
    public int CachedTokens { get; set; }

    /// <summary>When its first token was written, as a timestamp; null before.</summary>
    public long? FirstTokenAt { get; set; }

    /// <summary>The last step in which it wrote; 0 before.</summary>
    public long WroteAt { get; set; }

    /// <summary>How many tokens it has now.</summary>
    public int Length => _keys.Count;

    /// <summary>Tokens that are still to be computed before the next one can be chosen.</summary>
    public int Pending => Length - Computed;

    /// <summary>Whether only its last token is to be computed.</summary>
    public bool IsWriting => Pending == 1 && Computed > 0;

    /// <summary>Its tokens with who may share them.</summary>
    public ReadOnlySpan<long> Keys => CollectionsMarshal.AsSpan(_keys);

    /// <summary>A token of it; negative within an image.</summary>
    public int Token(int position) => (int)_keys[position];

    /// <summary>Adds a token that was chosen.</summary>
    public void Append(int token) => _keys.Add(Key(_scope, token));

    /// <summary>Asks for the first <paramref name="length"/> tokens to be kept as soon as they are computed.</summary>
    public void PublishAt(int length)
    {
        if (length > Computed)
            _publishAt.Add(length);
    }

    /// <summary>The shortest length, above what is computed, from which others wait to start; null when none waits.</summary>
    public int? AwaitedAt { get; private set; }

    /// <summary>Asks for the first <paramref name="length"/> tokens because another waits to start from there.</summary>
    public void Await(int length) => AwaitedAt = Math.Min(length, AwaitedAt ?? length);

    /// <summary>Says that nobody waits for it any more.</summary>
    public void ForgetAwaited() => AwaitedAt = null;

    /// <summary>The next length at which something is to be kept; null for none.</summary>
    public int? NextPublish => _publishAt.Count == 0 ? AwaitedAt : Math.Min(_publishAt.Min, AwaitedAt ?? int.MaxValue);

    /// <summary>The lengths to be kept that have been reached, which are then forgotten.</summary>
    public IReadOnlyList<int> TakeReached()
    {
        if (!(NextPublish <= Computed))
            return [];
        if (AwaitedAt is { } awaited)
            _publishAt.Add(awaited);

        int[] reached = [.. _publishAt.TakeWhile(length => length <= Computed)];
        _publishAt.ExceptWith(reached);
        return reached;
    }

    /// <summary>So many tokens from the start may be kept after it: all when its scope is known, otherwise the pinned ones.</summary>
    public int Keepable => Request.Prefix.Scope is null ? Prompt.PinnedLength : int.MaxValue;

    public void Give(GenerationEvent step) => _channel.Writer.TryWrite(step);

    public void End(Exception? failure = null)
    {
        Chooser.Dispose();
        _channel.Writer.TryComplete(failure);
    }

    /// <summary>Says that nobody waits any more. May be called on any thread.</summary>
    public void Cancel() => _cancelled = true;

    /// <summary>Says that whoever waited has given up. May be called on any thread.</summary>
    public void Abandon()
    {
        _abandoned = true;
        Cancel();
    }

    private static long Key(uint scope, int token) => ((long)scope << 32) | (uint)token;
}
