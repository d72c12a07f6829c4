using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Tests.Suites;

/// <summary>Runs made by hand.</summary>
internal static class Runs
{
    public static RunManifest Manifest(int items, string model = "m", string questions = "q", ScoreKind score = ScoreKind.Accuracy, string fault = "none") => new(
        RunManifest.CurrentFormat,
        new RunConditions("qa", score, questions, "d", fault, new Dictionary<string, string> { ["zone"] = "UTC" }),
        new RunSubject("builtin", model, new Dictionary<string, string>(), new Dictionary<string, string>()),
        new Dictionary<string, string>(),
        items);

    public static SuiteItem Item(string id, string? patient = "p", string category = "c", params string[] floors) => new(id, patient, category, "t", $"Question {id}?", "1", floors);

    public static ItemResult Result(string id, ItemOutcome outcome, string? patient = "p", string category = "c", params string[] floors) =>
        ItemResult.Of(Item(id, patient, category, floors), new ItemAnswer(outcome, "1", null, null, TimeSpan.FromMilliseconds(2)), null);

    /// <summary>A run of one letter an item: r right, w wrong, u unsure, x unreadable, f failed; five items a patient.</summary>
    public static Run Of(string outcomes, string model = "m", string questions = "q", Func<int, string[]>? floors = null) => new(
        Manifest(outcomes.Length, model, questions),
        [.. outcomes.Select((letter, index) => Result($"{index}", Outcome(letter), $"p{index / 5}", "c", floors?.Invoke(index) ?? []))]);

    private static ItemOutcome Outcome(char letter) => letter switch
    {
        'r' => ItemOutcome.Right,
        'w' => ItemOutcome.Wrong,
        'u' => ItemOutcome.Unsure,
        'x' => ItemOutcome.Unreadable,
        _ => ItemOutcome.Failed,
    };
}
