using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Host.Commands;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class FixtureAnswersTests
{
    [Fact]
    public async Task The_synthetic_patients_questions_are_answered_rarely_wrong_and_every_piece_of_evidence_holds()
    {
        var fixtures = Path.Combine(AppContext.BaseDirectory, "fhir-fixtures");
        var folder = Directory.CreateTempSubdirectory("medgemma-answers-");
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exit = await MedGemmaCommandLine.RunAsync(
            [
                "eval", "qa", "--conventions", "clinical", "--data", Path.Combine(fixtures, "patients"),
                "--questions", Path.Combine(fixtures, "expected", "questions.jsonl"), "--out", Path.Combine(folder.FullName, "answers.jsonl"), "--audit",
            ],
            output,
            error);
        folder.Delete(recursive: true);

        Assert.Equal(string.Empty, error.ToString());
        Assert.Equal(ExitCode.Done, exit);
        Assert.Matches(@"evidence: [1-9]\d{3,} checked, 0 mismatched", output.ToString());
        Assert.InRange(Share(output, "strict accuracy"), 97, 100);
        Assert.InRange(Share(output, "wrong though sure"), 0, 1.5);
    }

    private static double Share(StringWriter output, string name) =>
        double.Parse(Regex.Match(output.ToString(), $@"^{name}\s+([\d.]+) %", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);
}
