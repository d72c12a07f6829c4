using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Tiny model files, made once for all tests.</summary>
internal static class TinyModel
{
    /// <summary>What the answering model says to everything.</summary>
    public const string Reply = "The latest HbA1c was 7.1 percent, measured in March; nothing else is recorded about it.";

    private static readonly string s_folder = Directory.CreateTempSubdirectory("medgemma-tiny-").FullName;
    private static readonly Lazy<string> s_answering = new(() => TinyGemma.Write(Path.Combine(s_folder, "answering.gguf"), new TinyGemmaOptions { Reply = Reply }));
    private static readonly Lazy<string> s_babbling = new(() => TinyGemma.Write(Path.Combine(s_folder, "babbling.gguf")));

    static TinyModel() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(s_folder, recursive: true);

    /// <summary>A model that says <see cref="Reply"/> and ends its turn.</summary>
    public static string Answering => s_answering.Value;

    /// <summary>A model with random weights, which does not end by itself.</summary>
    public static string Babbling => s_babbling.Value;
}
