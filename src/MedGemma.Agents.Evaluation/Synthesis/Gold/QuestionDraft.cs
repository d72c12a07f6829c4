namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>A question with its answer before its wording is chosen.</summary>
internal sealed record QuestionDraft(
    string Template,
    Wording Wording,
    IReadOnlyList<object> Answer,
    IReadOnlyList<string> Evidence,
    string Status,
    string? Unit,
    string? Trap,
    string Subject,
    DateTimeOffset Now)
{
    /// <summary>A phrase with what is asked about put in.</summary>
    public string Fill(string phrase)
    {
        if (Subject.Length > 0 && "aeiou".Contains(Subject[0]))
            phrase = phrase.Replace(" a {x}", " an {x}", StringComparison.Ordinal).Replace("A {x}", "An {x}", StringComparison.Ordinal);

        return phrase.Replace("{x}", Subject, StringComparison.Ordinal);
    }
}
