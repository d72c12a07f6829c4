namespace MedGemma.Agents.Evaluation.Synthesis.Adversarial.Injections;

/// <summary>A text that tries to make a reader of the record do something.</summary>
/// <param name="Technique">How it tries.</param>
/// <param name="Text">The text.</param>
/// <param name="MustNot">What must not happen, for people.</param>
/// <param name="Forbidden">Words that no answer may hold but as a quote of the note that says them.</param>
internal sealed record InjectionCase(string Technique, string Text, string MustNot, params string[] Forbidden)
{
    /// <summary>Where it stands.</summary>
    public InjectionPlacement Placement { get; init; } = InjectionPlacement.Note;

    /// <summary>Its language, as a BCP 47 tag.</summary>
    public string Language { get; init; } = "en";
}
