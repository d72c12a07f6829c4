namespace MedGemma.Agents.Inference.Models;

/// <summary>Why a model file is not used.</summary>
public enum ModelRefusalKind
{
    /// <summary>There is no such file, or it may not be read.</summary>
    Unreadable,

    /// <summary>It is no GGUF file.</summary>
    NotGguf,

    /// <summary>It is a GGUF file of a version that the engine does not read.</summary>
    OtherVersion,

    /// <summary>It ends before everything that it announces: an interrupted copy or download.</summary>
    Cut,

    /// <summary>It contradicts itself, or names sizes that no model has.</summary>
    Damaged,

    /// <summary>It holds a model of another architecture than the one needed.</summary>
    OtherArchitecture,

    /// <summary>It holds something else than what is asked for: an adapter in place of a model, say.</summary>
    OtherKind,

    /// <summary>One of the files of a split model is not there.</summary>
    MissingShard,

    /// <summary>The files of a split model do not belong together, or the wrong one is named.</summary>
    ShardMismatch,

    /// <summary>An adapter or a vision file was made for another model.</summary>
    OtherBase,

    /// <summary>It needs more memory than is free.</summary>
    OutOfMemory,
}
