namespace MedGemma.Agents.Records.Reading;

/// <summary>What a path leads to, symbolic links followed.</summary>
internal enum PathKind
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe, a socket or a device.</summary>
    Special,

    /// <summary>What may not be looked at, or a chain of links that does not end.</summary>
    Unreachable,
}
