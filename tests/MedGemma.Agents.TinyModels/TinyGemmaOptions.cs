using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.TinyModels;

/// <summary>What a made Gemma 3 text model is like.</summary>
public sealed record TinyGemmaOptions
{
    /// <value>Its dimensions. Default: <see cref="GemmaShape.Tiny"/>.</value>
    public GemmaShape Shape { get; init; } = GemmaShape.Tiny;

    /// <value>Seed of its weights. Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <value>How matrices are stored: F32, F16, BF16, Q8_0 or Q4_0; any type when <see cref="Holes"/>. Default: F32.</value>
    public GgmlType Type { get; init; } = GgmlType.F32;

    /// <value>How the embeddings are stored; null for <see cref="Type"/>. Default: null.</value>
    public GgmlType? EmbeddingType { get; init; }

    /// <value>Whether the file has holes in place of values: full length, almost no room on the disk. Default: false.</value>
    public bool Holes { get; init; }

    /// <value>Spread of the logits, as a standard deviation. Default: 4.</value>
    public float LogitSpread { get; init; } = 4;

    /// <value>
    /// Added to the logits of tokens, by their spelling; a space is written as a space. Default: nothing. Approximate: within a fifth. The output is then not tied
    /// to the embeddings.
    /// </value>
    public IReadOnlyDictionary<string, float> Bias { get; init; } = new Dictionary<string, float>();

    /// <value>
    /// What the model answers whatever it is asked, ending its turn afterwards; null for random output. Control tokens may be spelled in it, each at most once.
    /// Default: null. The answer begins after a newline, which is what a prompt for an answer ends with. It is cut into tokens of its own of about six characters, each of
    /// which makes the next one likely, so a sampler or grammar that takes another token leads the model astray. Attention does nothing in such a model.
    /// </value>
    public string? Reply { get; init; }

    /// <value>Words, a space before one written as a space, that are one token each, so that texts of them are few tokens long. Default: none but a few.</value>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <value>The model's name in its metadata. Default: "Tiny Gemma".</value>
    public string Name { get; init; } = "Tiny Gemma";
}
