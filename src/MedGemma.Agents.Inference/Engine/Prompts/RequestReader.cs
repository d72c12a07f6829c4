using System.Security.Cryptography;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prefixes;
using MedGemma.Agents.Inference.Engine.Sampling;
using MedGemma.Agents.Inference.Engine.Scheduling;

namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>Makes a sequence of a request, or says why there can be none. Safe for concurrent calls.</summary>
internal sealed class RequestReader(GeneratorInfo info, TokenTable table, PromptTokenizer tokenizer, GrammarStore grammars, float tieMargin)
{
    // The longest output of the model card.
    private const int LongestOutput = 8192;

    private readonly PrefixScopes _scopes = new();
    private readonly Lazy<VocabularyIndex> _index = new(() => new VocabularyIndex(table));
    private long _order;

    /// <summary>Makes a sequence.</summary>
    /// <param name="request">The request.</param>
    /// <param name="arrived">When it came, as a timestamp of the clock.</param>
    /// <param name="cancellationToken">Ends the reading before the next part of the prompt.</param>
    /// <exception cref="RequestRefusedException">The engine cannot do what is asked.</exception>
    /// <exception cref="ContextOverflowException">Prompt and output do not fit.</exception>
    public GenerationSequence Read(GenerationRequest request, long arrived, CancellationToken cancellationToken)
    {
        if (request.Adapter is { } adapter && !info.Adapters.Contains(adapter, StringComparer.Ordinal))
            throw new RequestRefusedException("adapter", "There is no such adapter.");
        if (request.MaxTokens is <= 0)
            throw new RequestRefusedException("max_tokens", "At least one token must be asked for.");
        if (request.Thinking is { MaxTokens: <= 0 })
            throw new RequestRefusedException("max_thinking_tokens", "A thought has at least one token.");

        var prompt = tokenizer.Tokenize(request.Prompt, request.PinnedCharacters, cancellationToken);
        if (prompt.ImageAt(prompt.Tokens.Length - 1) is not null)
            throw new RequestRefusedException("messages", "After an image there must be text: the next token is chosen after a token.");

        var thought = request.Thinking?.MaxTokens ?? 0;
        var left = info.ContextLength - prompt.Tokens.Length - thought;
        var answer = request.MaxTokens ?? Math.Min(LongestOutput, left);
        if (answer > left || answer < 1)
            throw new ContextOverflowException(prompt.Tokens.Length, thought + Math.Max(answer, 1), info.ContextLength);

        var gate = request.Grammar is null ? null : new GrammarGate(grammars.Copy(request.Grammar), _index.Value, table);
        var seed = request.Sampling.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        return new GenerationSequence(
            request, prompt, new TokenChooser(request, table, gate, answer, seed, tieMargin), thought + answer, arrived, Interlocked.Increment(ref _order),
            _scopes.Pinned(request.Adapter, request.Prefix.PinnedFor), _scopes.Scope(request.Adapter, request.Prefix.Scope));
    }
}
