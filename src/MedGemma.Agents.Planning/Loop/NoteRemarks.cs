using System.Globalization;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Notes.Extraction;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>What must be said of the notes that were to be read for an answer.</summary>
/// <param name="Sentences">How much of them was searched and read, and what kept the rest from it; at least one.</param>
/// <param name="AreOpen">Whether they may hold more than was found in them, so that nothing may be said to be absent.</param>
internal sealed record NoteRemarks(IReadOnlyList<string> Sentences, bool AreOpen)
{
    /// <summary>For notes that a plan asked for where none can be read.</summary>
    public static NoteRemarks NotRead { get; } = new(["Notes were to be read for it and were not."], true);

    /// <summary>As one text.</summary>
    public string Text => string.Join(' ', Sentences);

    /// <summary>For readings.</summary>
    /// <param name="views">At least one.</param>
    /// <param name="unread">Documents that could not be read for any of them.</param>
    public static NoteRemarks Of(IReadOnlyList<NoteReadingView> views, IReadOnlyCollection<UnreadText> unread) =>
        new([.. views.SelectMany(Say), .. unread.Count > 0 ? [UnreadText.Say(unread)] : Array.Empty<string>()], views.Any(IsOpen));

    private static bool IsOpen(NoteReadingView view) => view.Problem is not null || view.Unread > 0 || !view.IsSearchWhole || view.Read < view.Passages || view.Refused > 0 || !view.IsComplete;

    private static IEnumerable<string> Say(NoteReadingView view)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"Of the notes {Count(view.Passages, "passage was", "passages were")} searched and {view.Read} read.");
        if (view.Problem is { } problem)
            yield return $"What they say is not known: {Words(problem)}.";
        else if (view.Findings.Count == 0)
            yield return "Nothing in them could be quoted on it, which does not say that there is nothing.";
        if (view.Refused > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"Of what the model took from them, {Count(view.Refused, "finding was", "findings were")} refused.");
        if (!view.IsSearchWhole)
            yield return "Passages were looked for by their words only: one that says it in other words may be missing.";
        if (!view.IsComplete)
            yield return "The record does not prove that no note is missing.";
    }

    private static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    private static string Words(NoteExtractionProblem problem) => problem switch
    {
        NoteExtractionProblem.MalformedReply => "the reply of the model that read them could not be read",
        NoteExtractionProblem.CutOff => "the reply of the model that read them was cut off",
        NoteExtractionProblem.ModelFailed => "the model that was to read them failed",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem of an extraction."),
    };
}
