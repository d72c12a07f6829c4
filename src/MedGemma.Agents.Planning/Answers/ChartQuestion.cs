namespace MedGemma.Agents.Planning.Answers;

/// <summary>A question about the one patient whose record it is put to.</summary>
/// <param name="Text">The question in English.</param>
/// <param name="AsOf">The instant at which it is asked.</param>
/// <param name="Asker">Who asks: what "I" means.</param>
/// <param name="Earlier">Earlier questions of the same session with their plans, oldest first, for follow-ups.</param>
public sealed record ChartQuestion(string Text, DateTimeOffset AsOf, AskerRole Asker, IReadOnlyList<EarlierQuestion> Earlier)
{
    /// <value>What models did in the turn that this one runs again: where rounding decided between two tokens, the one taken then is to be taken. Default: null, for a turn of its own.</value>
    public ModelWork? Again { get; init; }
}
