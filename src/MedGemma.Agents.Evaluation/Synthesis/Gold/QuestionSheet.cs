using System.Globalization;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Collects one patient's questions; picks the perspective and the wording.</summary>
internal sealed class QuestionSheet(Life life, Pcg32 random)
{
    private readonly List<ExpectedAnswer> _questions = [];

    public IReadOnlyList<ExpectedAnswer> Questions => _questions;

    public DateTimeOffset Now { get; set; } = life.Now;

    /// <summary>Asks for values; without any the right answer is that none is recorded.</summary>
    public void Ask(
        string template, Wording wording, IReadOnlyList<object> answer, IEnumerable<string> evidence, string? unit = null, string? trap = null, string? subject = null)
    {
        var status = answer.Count == 0 ? "none_recorded" : "answered";
        Write(template, wording, answer, [.. evidence.Distinct()], status, unit, trap, subject ?? "");
    }

    /// <summary>Asks what the record cannot decide.</summary>
    public void AskUndecidable(string template, Wording wording, string? trap = null, string? subject = null) =>
        Write(template, wording, [], [], "unsure", null, trap, subject ?? "");

    public string Pick(IReadOnlyList<string> names) => random.Pick(names);

    private static string Fill(string phrase, string subject)
    {
        if (subject.Length > 0 && "aeiou".Contains(subject[0]))
            phrase = phrase.Replace(" a {x}", " an {x}", StringComparison.Ordinal);

        return phrase.Replace("{x}", subject, StringComparison.Ordinal);
    }

    private void Write(
        string template, Wording wording, IReadOnlyList<object> answer, IReadOnlyList<string> evidence, string status, string? unit, string? trap, string subject)
    {
        // A chart has many series and operations: a part of the plain questions about them is enough.
        var repetitive = template.StartsWith("measurement-", StringComparison.Ordinal) || template == "procedure-in-year";
        if (trap is null && answer.Count > 0 && repetitive && random.Chance(63))
            return;

        var asPatient = wording.Patient.Count > 0 && life.Death is null && random.Chance(45);
        var phrase = random.Pick(asPatient ? wording.Patient : wording.Clinical);
        _questions.Add(new ExpectedAnswer
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"p{life.Number}-{_questions.Count + 1:D3}"),
            Patient = life.PatientId,
            Now = Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Perspective = asPatient ? "patient" : "clinical",
            Template = template,
            Question = Fill(phrase, subject),
            Answer = answer,
            Status = status,
            Unit = unit,
            Evidence = evidence,
            Trap = trap,
        });
    }
}
