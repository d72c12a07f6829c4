using System.ComponentModel.DataAnnotations;
using MedGemma.Agents.Inference.Models.Memory;
using MedGemma.Agents.Inference.Pool;
using MedGemma.Agents.Inference.Supervision;

namespace MedGemma.Agents.Inference.Deployment;

/// <summary>One model, under its key in section <c>MedGemma:Models</c>: the file that this machine runs, and the places where it runs.</summary>
public sealed class ModelOptions
{
    /// <summary>The GGUF file, for replicas on this machine.</summary>
    /// <value>A path; of a split model that of its first file. Default: none, the model runs on servers only.</value>
    public string? Path { get; set; }

    /// <summary>The GGUF file of the vision tower (<c>mmproj</c>), for replicas on this machine.</summary>
    /// <value>A path. Default: none, the model sees no images.</value>
    public string? VisionPath { get; set; }

    /// <summary>Where the model runs, each place a replica.</summary>
    /// <value>
    /// <c>auto</c>, <c>cpu</c>, <c>cuda:0</c>, <c>cuda:0+1</c> (layers spread over both) on this machine; <c>https://host:port</c>, <c>http://127.0.0.1:port</c>,
    /// <c>unix:/path</c> for a server that speaks the OpenAI chat API. Default: <c>auto</c> where there is a <see cref="Path"/>: the GPUs if their driver and
    /// library are found, else the CPU.
    /// </value>
    public IList<string> Replicas { get; } = [];

    /// <summary>The model's name at servers.</summary>
    /// <value>A name. Default: the key.</value>
    public string? Name { get; set; }

    /// <summary>Most tokens of prompt and output of one request together; a longer one is refused with the numbers.</summary>
    /// <value>Tokens. Default: 32768, which a long turn of a model that thinks needs.</value>
    [Range(256, 131_072, ErrorMessage = "ContextLength must be between 256 and 131072 tokens")]
    public int ContextLength { get; set; } = 32_768;

    /// <summary>Requests that each replica works on at once. Where its memory does not hold as many whole ones of <see cref="ContextLength"/>, they share what it holds.</summary>
    /// <value>A number. Default: 4.</value>
    [Range(1, 128, ErrorMessage = "Slots must be between 1 and 128")]
    public int Slots { get; set; } = 4;

    /// <summary>Most tokens of one step of the engine, prompts and output together; short steps keep others' output flowing while a long prompt is read.</summary>
    /// <value>Tokens, at least as many as <see cref="Slots"/>. Default: 512.</value>
    [Range(16, 8192, ErrorMessage = "TokensPerStep must be between 16 and 8192")]
    public int TokensPerStep { get; set; } = 512;

    /// <summary>Which positions local layers keep in the cache.</summary>
    /// <value><c>Auto</c>: all where the memory holds that, otherwise their window; <c>Full</c>; <c>Sliding</c>. Default: <c>Auto</c>.</value>
    [EnumDataType(typeof(CacheWindow), ErrorMessage = "Window must be Auto, Full or Sliding")]
    public CacheWindow Window { get; set; }

    /// <summary>Whether keys and values take 8 bits instead of 16, which doubles what the memory holds and changes answers a little.</summary>
    /// <value>Default: false.</value>
    public bool QuantizedCache { get; set; }

    /// <summary>Most bytes of main memory for checkpoints (copies of windows, from which shared beginnings go on), where only windows are kept.</summary>
    /// <value>Bytes; what the memory has left where that is less. Default: 4 GiB.</value>
    [Range(0, long.MaxValue, ErrorMessage = "CheckpointBytes must not be negative")]
    public long CheckpointBytes { get; set; } = 4L << 30;

    /// <summary>CPU threads of each replica on this machine.</summary>
    /// <value>A number, at most one less than there are cores; 0 for that, shared with the other replicas that may run on the CPU. Default: 0.</value>
    [Range(0, 1024, ErrorMessage = "Threads must be between 0 and 1024")]
    public int Threads { get; set; }

    /// <summary>The engine's library for the processor by its name, such as <c>alderlake</c>; null for the engine's own choice. <c>medgemma models doctor</c> names those that run here.</summary>
    [RegularExpression("[a-z0-9]+", ErrorMessage = "CpuLibrary must be a name such as alderlake")]
    public string? CpuLibrary { get; set; }

    /// <summary>
    /// Whether the model was trained to think before it answers, as MedGemma 27B and the 4B from 1.5 on were. Processes of ours let it; the chat API of other servers has no words
    /// for it, and there it answers at once.
    /// </summary>
    /// <value>Default: false.</value>
    public bool Thinking { get; set; }

    /// <summary>LoRA adapters that a request may ask for.</summary>
    /// <value>GGUF files by name. Default: none.</value>
    public IDictionary<string, string> Adapters { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The key that servers ask for, sent as <c>Authorization: Bearer</c>.</summary>
    /// <value>Path of a file that holds nothing else. Default: none.</value>
    public string? ApiKeyFile { get; set; }

    /// <summary>The certificate that this machine shows to https servers.</summary>
    /// <value>Path of a PEM file. Default: none.</value>
    public string? Certificate { get; set; }

    /// <summary>Private key of <see cref="Certificate"/>.</summary>
    /// <value>Path of a PEM file without a password. Default: the key is in the certificate's file.</value>
    public string? CertificateKey { get; set; }

    /// <summary>The authority that must have signed the certificates of https servers.</summary>
    /// <value>Path of a PEM file. Default: the authorities that the system trusts.</value>
    public string? Authority { get; set; }

    /// <summary>How requests wait and replicas are checked.</summary>
    /// <value>See <see cref="ModelPoolOptions"/>.</value>
    public ModelPoolOptions Pool { get; set; } = new();

    /// <summary>How the processes of replicas on this machine are started and restarted.</summary>
    /// <value>See <see cref="SupervisionOptions"/>.</value>
    public SupervisionOptions Supervision { get; set; } = new();
}
