using System.ComponentModel.DataAnnotations;
using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine;

/// <summary>A model and how much of the machine its engine may take.</summary>
public sealed class LlamaGeneratorOptions
{
    /// <value>The model's name, as answers and <c>/v1/models</c> give it. Required.</value>
    [Required]
    public string Name { get; set; } = "";

    /// <value>The model file, or all its shards in order; checked before, because the native loader ends the process on some files. Required.</value>
    [MinLength(1)]
    public IReadOnlyList<string> Files { get; set; } = [];

    /// <value>Which devices hold the weights. Default: every GPU, or the processor where there is none.</value>
    public LlamaModelOptions Model { get; set; } = new();

    /// <value>LoRA adapter files by the names that requests use. Default: none.</value>
    public IReadOnlyDictionary<string, string> Adapters { get; set; } = new Dictionary<string, string>();

    /// <value>Whether the model was trained to think before it answers. Default: false.</value>
    public bool Thinking { get; set; }

    /// <value>Most tokens of one sequence, prompt and output together. Default: 32,768.</value>
    [Range(64, 1_048_576)]
    public int ContextLength { get; set; } = 32_768;

    /// <value>Tokens that the key and value cache holds for all sequences and kept prefixes together, at least <see cref="ContextLength"/>; null for just that. Default: null.</value>
    [Range(64, 16_777_216)]
    public int? Cells { get; set; }

    /// <value>Sequences that are computed at the same time. Default: 8.</value>
    [Range(1, 128)]
    public int Sequences { get; set; } = 8;

    /// <value>Most tokens of one step, prompts and output together; short steps keep others' output flowing while a long prompt is read. Default: 512.</value>
    [Range(16, 8192)]
    public int TokensPerStep { get; set; } = 512;

    /// <value>Requests that may wait; more are answered "busy". Default: 256.</value>
    [Range(1, 100_000)]
    public int QueueLength { get; set; } = 256;

    /// <value>Threads of the processor, at most one less than it has cores; null for as many. Default: null.</value>
    [Range(1, 1024)]
    public int? Threads { get; set; }

    /// <value>
    /// Whether local layers keep all positions: a prefix can then be shared at any token. Otherwise they keep their window, and prefixes are shared where a copy of the
    /// window was kept, which takes a fifth of the memory (<c>docs/decisions/0014</c>). Default: true.
    /// </value>
    public bool FullWindow { get; set; } = true;

    /// <value>Whether keys and values take 8 bits instead of 16. Default: false.</value>
    public bool QuantizedCache { get; set; }

    /// <value>Bytes of main memory for copies of windows, where <see cref="FullWindow"/> is false; one more may be in the making. Default: 4 GiB.</value>
    [Range(0, long.MaxValue)]
    public long CheckpointBytes { get; set; } = 4L << 30;

    /// <value>Shortest prefix, in tokens, that is worth sharing. Default: 32.</value>
    [Range(1, 1_048_576)]
    public int ShortestPrefix { get; set; } = 32;

    /// <value>After so long in the queue a batch request counts as an interactive one. Default: 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan BatchAging { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>
    /// Logits that differ by less are as good as equal: the engine's rounding differs with what is computed together and with what was kept of a prompt. Default: 0.05, at which one token is
    /// 1.05 times as likely as the other; 0 finds only exact ties.
    /// </value>
    [Range(0f, 1f)]
    public float TieMargin { get; set; } = 0.05f;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ValidationException">An option is out of its range; the message says which and what the range is.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (Cells < ContextLength)
            throw new ValidationException($"{nameof(Cells)} is {Cells}, but one sequence alone may take {nameof(ContextLength)} = {ContextLength}.");
        if (TokensPerStep < Sequences)
            throw new ValidationException($"{nameof(TokensPerStep)} is {TokensPerStep}, but each of {nameof(Sequences)} = {Sequences} sequences takes one token a step.");
    }
}
