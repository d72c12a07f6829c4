namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>Which positions the local layers of a model keep in the cache.</summary>
public enum CacheWindow
{
    /// <summary>All of them where the memory holds that for all slots, otherwise their window.</summary>
    Auto,

    /// <summary>All: what requests share of their beginnings is computed once, wherever it ends.</summary>
    Full,

    /// <summary>Their window, which takes a fifth of the memory for MedGemma 27B; beginnings are shared where a copy of the window was kept.</summary>
    Sliding,
}
