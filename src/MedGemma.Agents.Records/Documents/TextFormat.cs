namespace MedGemma.Agents.Records.Documents;

/// <summary>Format of a document that text can be read of.</summary>
internal enum TextFormat
{
    /// <summary>Characters as they stand.</summary>
    Plain,

    /// <summary>HTML or XHTML.</summary>
    Html,

    /// <summary>HL7 Clinical Document Architecture, release 2.</summary>
    Cda,

    /// <summary>PDF.</summary>
    Pdf,
}
