using System.Text.Encodings.Web;
using System.Text.Json;
using MedGemma.Agents.Evaluation.Synthesis;
using MedGemma.Agents.Evaluation.Synthesis.Output;

namespace MedGemma.Agents.Evaluation.RecordQuestions;

/// <summary>Writes the patients and the questions of one split of the record suite to a folder.</summary>
public static class RecordQuestionFiles
{
    private static readonly JsonSerializerOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>patients/</c> with its manifest, and <c>questions.jsonl</c>.</summary>
    /// <param name="folder">Where to; made when absent.</param>
    /// <param name="split">The split.</param>
    /// <param name="options">What to generate.</param>
    /// <param name="cancellationToken">Cancels between resources; what is written stays.</param>
    /// <returns>Number of patients and of questions.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static (int Patients, int Questions) Write(string folder, PatientSplit split, RecordQuestionOptions options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Patients, 3);
        var patients = Path.Combine(folder, "patients");
        Directory.CreateDirectory(patients);
        using var lines = new StreamWriter(Path.Combine(folder, "questions.jsonl")) { NewLine = "\n" };
        var (written, asked) = (0, 0);
        foreach (var (number, ofSplit) in PatientSplits.Of(options.Patients).Index())
        {
            if (ofSplit != split)
                continue;

            var chart = PatientSynthesizer.Chart(number, options.Synthesis);
            var questions = QuestionPool.Of(chart, options.Seed).Choose(chart, options.Seed, split, options.QuestionsPerPatient);
            PatientFile.Write(patients, number + 1, PatientSynthesizer.Describe(chart, options.Synthesis, questions), cancellationToken);
            foreach (var question in questions)
                lines.WriteLine(JsonSerializer.Serialize(question, Lines));

            written++;
            asked += questions.Count;
        }

        File.WriteAllText(
            Path.Combine(patients, "manifest.json"),
            $$"""{"complete":"all","generator":"medgemma fixtures record-qa","version":"{{PatientSynthesizer.Version}}","seed":{{options.Seed}}}""" + "\n");
        return (written, asked);
    }
}
