using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prompts;

namespace MedGemma.Agents.Inference.Engine.Sampling;

/// <summary>Chooses the tokens of one generation, through its thinking and its answer, and says when it ends. Belongs to one sequence.</summary>
internal sealed class TokenChooser : IDisposable
{
    private const int Redraws = 3;

    private readonly TokenTable _table;
    private readonly TokenSampler _sampler;
    private readonly GrammarGate? _grammar;
    private readonly TokenProbabilities? _probabilities;
    private readonly NearTies? _ties;
    private readonly ThinkingPhase? _thinking;
    private readonly int _mostTokens;
    private Phase _phase;
    private int _thoughtTokens;
    private int _answerTokens;

    /// <summary>Creates a chooser.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="table">The model's tokens.</param>
    /// <param name="grammar">The grammar of the answer; null for free text. Disposed of with this.</param>
    /// <param name="mostTokens">Most tokens of the answer.</param>
    /// <param name="seed">Seed of the random choice.</param>
    /// <param name="tieMargin">Logits closer than this are as good as equal.</param>
    public TokenChooser(GenerationRequest request, TokenTable table, GrammarGate? grammar, int mostTokens, long seed, float tieMargin)
    {
        _table = table;
        _grammar = grammar;
        _thinking = request.Thinking;
        _mostTokens = mostTokens;
        _sampler = new TokenSampler(request.Sampling, seed);
        _probabilities = request.LogProbs is { } alternatives ? new TokenProbabilities(alternatives, table) : null;
        _ties = request.NearTies is { } earlier && _sampler.IsGreedy ? new NearTies(earlier, tieMargin) : null;
        _phase = request.Thinking is null ? Phase.Answer : Phase.Opening;
    }

    private enum Phase
    {
        /// <summary>The first token decides whether there is a thought.</summary>
        Opening,
        Thought,
        Answer,
    }

    /// <summary>Tokens written.</summary>
    public int Written => _thoughtTokens + _answerTokens;

    /// <summary>Near ties so far, where the request asks for them.</summary>
    public IReadOnlyList<NearTie> NearTies => _ties?.Found ?? [];

    /// <summary>Chooses the next token and takes it.</summary>
    /// <param name="logits">The model's logits; changed.</param>
    /// <returns>The token, or null when the output ends without another; and why it ends, or null when it goes on.</returns>
    public (GenerationEvent.Token? Token, GenerationEnd? End) Next(Span<float> logits)
    {
        _probabilities?.Read(logits);
        _sampler.Penalise(logits);
        var token = Choose(logits);
        if (token < 0)
            return (null, GenerationEnd.DeadEnd);
        if (_ties is not null)
            token = _ties.Settle(token, Written, logits, Allows);
        if (_table.Ends(token))
            return (null, GenerationEnd.EndOfTurn);

        Take(token);
        return (new GenerationEvent.Token(token, _table.Piece(token), _table.Control(token), _probabilities?.Of(token)), End());
    }

    public void Dispose() => _grammar?.Dispose();

    private int Choose(Span<float> logits)
    {
        var token = _sampler.Pick(logits);
        if (_grammar is null || token < 0 || Allows(token))
            return token;
        if (_sampler.IsGreedy)
            return _grammar.Best(logits);

        // Drawing again without what was rejected draws from what is allowed as masking does, and costs less where most is allowed.
        for (var again = 0; again < Redraws; again++)
        {
            logits[token] = float.NegativeInfinity;
            token = _sampler.Pick(logits);
            if (token < 0 || _grammar.Allows(token))
                return token;
        }

        _grammar.Mask(logits);
        return _sampler.Pick(logits);
    }

    private bool Allows(int token) =>
        _grammar is null || _phase == Phase.Thought || (_phase == Phase.Opening && _table.Control(token) == ControlToken.StartOfThought) || _grammar.Allows(token);

    private void Take(int token)
    {
        _sampler.Accept(token);
        switch (_phase)
        {
            case Phase.Opening when _table.Control(token) == ControlToken.StartOfThought:
                _phase = Phase.Thought;
                _thoughtTokens++;
                break;
            case Phase.Thought:
                _thoughtTokens++;
                if (_table.Control(token) == ControlToken.EndOfThought)
                    _phase = Phase.Answer;
                break;
            default:
                _phase = Phase.Answer;
                _answerTokens++;
                _grammar?.Accept(token);
                break;
        }
    }

    private GenerationEnd? End() => _phase switch
    {
        Phase.Thought when _thoughtTokens >= _thinking!.MaxTokens => GenerationEnd.ThinkingLimit,
        Phase.Answer when _answerTokens >= _mostTokens => GenerationEnd.TokenLimit,
        _ => null,
    };
}
