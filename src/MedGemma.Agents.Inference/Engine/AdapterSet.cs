using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine;

/// <summary>The adapters of a model, by the names that requests use.</summary>
internal sealed class AdapterSet : IDisposable
{
    private readonly Dictionary<string, LlamaAdapter> _adapters = new(StringComparer.Ordinal);

    private AdapterSet()
    {
    }

    public IReadOnlyCollection<string> Names => _adapters.Keys;

    public LlamaAdapter this[string name] => _adapters[name];

    /// <exception cref="LlamaException">A file is no adapter of this model; those before it are freed.</exception>
    public static AdapterSet Load(LlamaModel model, IReadOnlyDictionary<string, string> files)
    {
        var set = new AdapterSet();
        try
        {
            foreach (var (name, file) in files)
                set._adapters.Add(name, LlamaAdapter.Load(model, file));

            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var adapter in _adapters.Values)
            adapter.Dispose();
    }
}
