namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary><c>llama_load_mode</c>.</summary>
internal enum LoadMode
{
    /// <summary>What suits the device.</summary>
    Auto = -1,

    /// <summary>Read into memory.</summary>
    None = 0,

    /// <summary>Map the file.</summary>
    Map = 1,
}
