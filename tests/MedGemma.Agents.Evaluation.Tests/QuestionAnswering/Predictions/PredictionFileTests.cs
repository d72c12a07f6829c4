using System.Text.Json;
using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Predictions;

public sealed class PredictionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "predictions.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_line_has_exactly_the_members_of_the_format()
    {
        var token = TestContext.Current.CancellationToken;
        await using (var file = PredictionFile.Create(Target))
        {
            await file.WriteAsync(new Prediction("1", AnswerStatus.Answered, Lines.Values("[7.50,true,\"Ä\"]"), "mg", "7.5 mg", ["Observation/a"], 1.5), token);
            await file.WriteAsync(new Prediction("2", AnswerStatus.NoneRecorded, [], null, "None.\n", [], 0), token);
            await file.WriteAsync(new Prediction("3", AnswerStatus.Unsure, [], null, "?", [], 0), token);
            await file.CommitAsync(token);
        }

        Assert.Equal(
            """
            {"id":"1","status":"answered","values":[7.50,true,"Ä"],"unit":"mg","text":"7.5 mg","evidence":["Observation/a"],"latencyMs":1.5}
            {"id":"2","status":"none_recorded","values":[],"unit":null,"text":"None.\n","evidence":[],"latencyMs":0}
            {"id":"3","status":"unsure","values":[],"unit":null,"text":"?","evidence":[],"latencyMs":0}

            """,
            await File.ReadAllTextAsync(Target, token));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Without_commit_the_earlier_file_stays_and_nothing_else_does()
    {
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Target, "earlier", token);
        await using (var file = PredictionFile.Create(Target))
            await file.WriteAsync(Lines.Unsure(), token);

        Assert.Equal("earlier", await File.ReadAllTextAsync(Target, token));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_folder_cannot_be_the_target() => Assert.Throws<IOException>(() => PredictionFile.Create(_folder.Path));

    [Theory]
    [InlineData(AnswerStatus.Answered, 1)]
    [InlineData(AnswerStatus.NoneRecorded, 0)]
    [InlineData(AnswerStatus.Unsure, 0)]
    public void Values_are_taken_only_when_answered(AnswerStatus status, int values) =>
        Assert.Equal(values, Prediction.Of("1", Answers.Of("text", 7) with { Status = status }, TimeSpan.Zero).Values.Count);

    [Fact]
    public void Evidence_is_that_of_the_supported_claims_and_their_derivations_each_resource_once()
    {
        var a = Answers.Evidence("Observation/a", "Observation.status", "final");
        var b = Answers.Evidence("Observation/b", "Observation.status", "final");
        var c = Answers.Evidence("Observation/c", "Observation.status", "final");
        var answer = Answers.Of("text", 2) with
        {
            Claims =
            [
                Answers.Claim(Verdict.Supported, new Derivation("count", [a, b], new Dictionary<string, string>()), b),
                Answers.Claim(Verdict.Refused, null, c),
                Answers.Claim(Verdict.Supported, null, a),
            ],
        };

        Assert.Equal(["Observation/b", "Observation/a"], Prediction.Of("1", answer, TimeSpan.Zero).Evidence);
    }

    [Fact]
    public void Latency_is_in_milliseconds() =>
        Assert.Equal(1234.568, Prediction.Of("1", Answers.Of("text"), TimeSpan.FromTicks(12345678)).LatencyMs);

    [Fact]
    public async Task Every_line_is_one_JSON_object_whatever_the_text_holds()
    {
        var token = TestContext.Current.CancellationToken;
        await using (var file = PredictionFile.Create(Target))
        {
            await file.WriteAsync(Lines.Answered("[\"a\\nb\\u2028\"]") with { Text = "line\r\nline \u2028 </script> \"" }, token);
            await file.CommitAsync(token);
        }

        var line = Assert.Single(await File.ReadAllLinesAsync(Target, token));
        using var document = JsonDocument.Parse(line);
        Assert.Equal("line\r\nline \u2028 </script> \"", document.RootElement.GetProperty("text").GetString());
    }
}
