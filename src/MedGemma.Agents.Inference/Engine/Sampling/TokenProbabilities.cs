using System.Numerics.Tensors;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prompts;

namespace MedGemma.Agents.Inference.Engine.Sampling;

/// <summary>The model's own log probabilities, from logits that nothing has changed.</summary>
/// <param name="alternatives">How many of the most likely tokens to report.</param>
/// <param name="table">What is known of the tokens.</param>
internal sealed class TokenProbabilities(int alternatives, TokenTable table)
{
    private List<TokenLogProb> _best = [];
    private float[] _logits = [];
    private float[] _work = [];
    private double _normaliser;

    /// <summary>Takes the logits of a place, before anything changes them.</summary>
    public void Read(ReadOnlySpan<float> logits)
    {
        if (_work.Length != logits.Length)
            (_logits, _work) = (new float[logits.Length], new float[logits.Length]);

        logits.CopyTo(_logits);
        var largest = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, largest, _work);
        TensorPrimitives.Exp(_work, _work);
        _normaliser = largest + Math.Log(TensorPrimitives.Sum(_work));
        _best = [];
        if (alternatives == 0)
            return;

        foreach (var token in TopTokens.Of(logits, alternatives))
            _best.Add(new TokenLogProb(Bytes(token), logits[token] - _normaliser, []));
    }

    /// <summary>The report on a token at that place.</summary>
    public TokenLogProb Of(int token) => new(Bytes(token), _logits[token] - _normaliser, _best);

    private byte[] Bytes(int token) => table.Piece(token);
}
