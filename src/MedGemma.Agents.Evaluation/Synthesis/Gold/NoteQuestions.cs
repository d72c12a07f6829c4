using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>What the notes mention, and how many there are.</summary>
internal static class NoteQuestions
{
    private static readonly string[] Words = ["transfusion", "furosemide", "norepinephrine", "metformin", "counselling", "tuberculosis"];

    private static readonly Wording Mentioned = new(["Do any notes mention {x}?", "Is {x} mentioned in the notes?"], ["Do my notes mention {x}?"])
    {
        HeldOut = ["Does any note say {x}?", "Is there a note that mentions {x}?"],
    };

    private static readonly Wording Count = new(["How many progress notes are there?"], ["How many progress notes do I have?"])
    {
        HeldOut = ["What is the number of progress notes?", "How many progress notes have been written?"],
    };

    private static readonly Wording Discharged = new(["When was the last discharge summary written?", "When is the latest discharge summary from?"], ["When was my last discharge summary written?"])
    {
        HeldOut = ["On what date was the most recent discharge summary written?", "What is the date of the last discharge summary?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        var notes = view.Of(FactKind.Note);
        foreach (var word in Words)
        {
            var found = notes.Where(fact => fact.Text!.Contains(word, StringComparison.OrdinalIgnoreCase)).ToList();
            sheet.Ask("note-mentions", Mentioned, [found.Count > 0], found.Select(fact => fact.Reference), trap: word == "transfusion" && found.Count > 0 ? "superseded" : null, subject: word);
        }

        var progress = notes.Where(fact => fact.Name == "Progress note").ToList();
        sheet.Ask("note-count", Count, [progress.Count], progress.Select(fact => fact.Reference));
        var summaries = notes.Where(fact => fact.Name == "Discharge summary").TakeLast(1).ToList();
        sheet.Ask("note-last-time", Discharged, [.. summaries.Select(fact => (object)fact.WhenText)], summaries.Select(fact => fact.Reference));
    }
}
