namespace MedGemma.Agents.Inference.Models;

/// <summary>A file, or several that belong together, of which the engine loads something. The kinds are closed.</summary>
public abstract record ModelFile
{
    private protected ModelFile(string path, string name, IReadOnlyList<string> shards, long weightBytes)
    {
        Path = path;
        Name = name;
        Shards = shards;
        WeightBytes = weightBytes;
    }

    /// <summary>The file to load; of a split model the first one.</summary>
    public string Path { get; }

    /// <summary>What it calls itself, or its file name.</summary>
    public string Name { get; }

    /// <summary>All files, the one to load first.</summary>
    public IReadOnlyList<string> Shards { get; }

    /// <summary>What its tensors take, in bytes.</summary>
    public long WeightBytes { get; }
}
