using MedGemma.Agents.Inference.Models.Memory;

namespace MedGemma.Agents.Host.Inference;

/// <summary>One model on one set of devices of this machine, and the door before it.</summary>
internal sealed record InferenceSettings
{
    /// <summary>The model's name, as clients ask for it.</summary>
    public required string Name { get; init; }

    /// <summary>The GGUF file.</summary>
    public required string Path { get; init; }

    /// <summary>The vision tower's file, or null.</summary>
    public string? VisionPath { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda:0</c> or <c>cuda:0+1</c>.</summary>
    public string Devices { get; init; } = "auto";

    /// <summary>Most tokens of prompt and output of one request together.</summary>
    public int ContextLength { get; init; }

    /// <summary>Requests worked on at once.</summary>
    public int Slots { get; init; }

    /// <summary>Most tokens of one step.</summary>
    public int TokensPerStep { get; init; } = 512;

    /// <summary>Which positions local layers keep.</summary>
    public CacheWindow Window { get; init; }

    /// <summary>Whether keys and values take 8 bits.</summary>
    public bool QuantizedCache { get; init; }

    /// <summary>Most bytes for copies of windows.</summary>
    public long CheckpointBytes { get; init; } = 4L << 30;

    /// <summary>After so long a batch request counts as an interactive one.</summary>
    public TimeSpan BatchAging { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>CPU threads; 0 for all cores but one.</summary>
    public int Threads { get; init; }

    /// <summary>The engine's library for the processor, or null for its own choice.</summary>
    public string? CpuLibrary { get; init; }

    /// <summary>Whether the model was trained to think before it answers.</summary>
    public bool Thinking { get; init; }

    /// <summary>LoRA adapters, files by name.</summary>
    public IReadOnlyDictionary<string, string> Adapters { get; init; } = new Dictionary<string, string>();

    /// <summary>Folder in which hashes of model files are kept, or null.</summary>
    public string? HashFolder { get; init; }

    /// <summary><c>unix:/path</c>, or an https URL.</summary>
    public string Listen { get; init; } = "";

    /// <summary>Whether to end when standard input closes.</summary>
    public bool ParentPipe { get; init; }

    /// <summary>Full path of the socket, or null when it listens on the network.</summary>
    public string? Socket => Listen.StartsWith("unix:", StringComparison.Ordinal) ? System.IO.Path.GetFullPath(Listen["unix:".Length..]) : null;
}
