namespace MedGemma.Agents.Records.Concepts;

/// <summary>Options of concept resolution.</summary>
public sealed class ConceptOptions
{
    /// <summary>Folder with further vocabulary files (<c>*.json</c>, the format of the built-in ones), read once at start.</summary>
    /// <value>Default: none. A term that the built-in vocabulary has under the same name and category is extended; a file that is wrong stops the start with its name and entry.</value>
    public string? VocabularyFolder { get; set; }
}
