using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.TinyModels;

/// <summary>
/// The tensors of a made model. Random ones are scaled so that attention is peaked, every layer adds as much as the embeddings brought in, and the logits are spread
/// as asked for. Tokens that are no text have small rows, so that greedy output is text and does not end by itself.
/// </summary>
internal sealed class TinyGemmaWeights(GgufFile file, TinyGemmaOptions options, TinyVocabulary vocabulary, IReadOnlyList<string> reply)
{
    private const float ConstantChannel = 4;

    private readonly SeededValues _random = new(options.Seed);
    private readonly GemmaShape _shape = options.Shape;
    private readonly RowValues _embeddings = new SeededValues(options.Seed).About("token_embd.weight", 1 / MathF.Sqrt(options.Shape.Embedding));

    private bool Biased => options.Bias.Count > 0;

    public void Add()
    {
        var embeddingType = options.EmbeddingType ?? options.Type;
        Add("token_embd.weight", embeddingType, [_shape.Embedding, _shape.Vocabulary], Embeddings);
        for (var layer = 0; layer < _shape.Layers; layer++)
            AddLayer($"blk.{layer}.");
        Add("output_norm.weight", GgmlType.F32, [_shape.Embedding], OutputNorm);
        if (options.Reply is not null)
            Add("output.weight", embeddingType, [_shape.Embedding, _shape.Vocabulary], Successors());
        else if (Biased)
            Add("output.weight", embeddingType, [_shape.Embedding, _shape.Vocabulary], BiasedOutput());
    }

    private void AddLayer(string prefix)
    {
        var queries = _shape.Heads * _shape.HeadDimension;
        var keys = _shape.KeyValueHeads * _shape.HeadDimension;
        Norm(prefix + "attn_norm.weight", _shape.Embedding, SeededValues.All(1));
        Matrix(prefix + "attn_q.weight", _shape.Embedding, queries);
        Matrix(prefix + "attn_k.weight", _shape.Embedding, keys);
        Matrix(prefix + "attn_v.weight", _shape.Embedding, keys);
        Matrix(prefix + "attn_output.weight", queries, _shape.Embedding);
        Norm(prefix + "attn_q_norm.weight", _shape.HeadDimension, SeededValues.All(2));
        Norm(prefix + "attn_k_norm.weight", _shape.HeadDimension, SeededValues.All(2));
        Norm(prefix + "post_attention_norm.weight", _shape.Embedding, SublayerNorm);
        Norm(prefix + "ffn_norm.weight", _shape.Embedding, SeededValues.All(1));
        Matrix(prefix + "ffn_gate.weight", _shape.Embedding, _shape.FeedForward);
        Matrix(prefix + "ffn_up.weight", _shape.Embedding, _shape.FeedForward);
        Matrix(prefix + "ffn_down.weight", _shape.FeedForward, _shape.Embedding);
        Norm(prefix + "post_ffw_norm.weight", _shape.Embedding, SublayerNorm);
    }

    private void Matrix(string name, long inputs, long outputs) => Add(name, options.Type, [inputs, outputs], _random.About(name, 1 / MathF.Sqrt(inputs)));

    private void Norm(string name, long width, RowValues values) => Add(name, GgmlType.F32, [width], values);

    private void Add(string name, GgmlType type, long[] shape, RowValues values) => file.Add(name, type, shape, options.Holes ? null : values);

    // A reply comes of the last token alone, so layers add nothing to it. The constant channel of a biased model is left alone by them.
    private void SublayerNorm(long row, Span<float> values)
    {
        values.Fill(options.Reply is null ? 1 : 0);
        if (Biased)
            values[0] = 0;
    }

    // With one sign throughout, a token would be most like itself and the output would repeat it. The constant channel keeps its sign.
    private void OutputNorm(long row, Span<float> values)
    {
        _random.About("output_norm.weight", 1)(row, values);
        for (var i = 0; i < values.Length; i++)
            values[i] = options.Reply is null && i > 0 && values[i] < 0 ? -options.LogitSpread : options.LogitSpread;
    }

    private void Embeddings(long row, Span<float> values)
    {
        Raw(row, values);
        if (Biased)
            values[0] = ConstantChannel / MathF.Sqrt(_shape.Embedding);
    }

    private void Raw(long row, Span<float> values)
    {
        _embeddings(row, values);
        if (options.Reply is not null || vocabulary.IsText((int)row))
            return;
        foreach (ref var value in values)
            value *= 0.1f;
    }

    private RowValues BiasedOutput()
    {
        var bias = options.Bias.ToDictionary(pair => (long)vocabulary.Id(pair.Key), pair => pair.Value);
        // What is left of the channel after the last norm: 2 × layers sublayers have each added 1 to the mean square of the other channels.
        var constant = options.LogitSpread * ConstantChannel / MathF.Sqrt(1 + 2 * _shape.Layers + ConstantChannel * ConstantChannel / _shape.Embedding);
        return (row, values) =>
        {
            Raw(row, values);
            values[0] = bias.GetValueOrDefault(row) / constant;
        };
    }

    private RowValues Successors()
    {
        int[] ids = [vocabulary.Id("\n"), .. reply.Select(vocabulary.Id), vocabulary.Id("<end_of_turn>")];
        var before = ids.Skip(1).Zip(ids).ToDictionary(pair => (long)pair.First, pair => (long)pair.Second);
        return (row, values) =>
        {
            if (before.TryGetValue(row, out var token))
                _embeddings(token, values);
            else
                values.Clear();
        };
    }
}
