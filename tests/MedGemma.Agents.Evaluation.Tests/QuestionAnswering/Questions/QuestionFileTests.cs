using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Questions;

public sealed class QuestionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_line_is_read_with_all_its_members()
    {
        var set = await ReadAsync(
            """{"id":"1","patient":"p","now":"2180-08-10T22:48:00","perspective":"patient","template":"t","question":"When?","answer":[1,"a",true,{"start":"2180"}],"status":"answered","evidence":["Procedure/x"],"fhirpath":"%","more":{}}""");

        var question = Assert.Single(set.Questions);
        Assert.Empty(set.Malformed);
        Assert.Equal((1, "1", "p", "t", "When?", AskerRole.Patient), (question.Line, question.Id, question.Patient, question.Template, question.Text, question.Asker));
        Assert.Equal(new AskedAt.OnTheRecordsClock(new DateTime(2180, 8, 10, 22, 48, 0)), question.Now);
        Assert.Equal(AnswerStatus.Answered, question.Gold!.Status);
        Assert.Equal(4, question.Gold.Values!.Count);
        Assert.Equal(["Procedure/x"], question.Gold.Evidence!);
    }

    [Fact]
    public async Task Optional_members_may_be_absent()
    {
        var question = Assert.Single((await ReadAsync("""{"id":"1","patient":"p","question":"When?"}""")).Questions);

        Assert.Equal(((AskedAt?)null, (string?)null, (GoldAnswer?)null, AskerRole.Unknown), (question.Now, question.Template, question.Gold, question.Asker));
    }

    [Fact]
    public async Task An_instant_with_offset_keeps_it()
    {
        var question = Assert.Single((await ReadAsync("""{"id":"1","patient":"p","now":"2180-08-10T22:48:00-04:00","perspective":"clinical","question":"When?"}""")).Questions);

        Assert.Equal(new AskedAt.Instant(new DateTimeOffset(2180, 8, 10, 22, 48, 0, TimeSpan.FromHours(-4))), question.Now);
        Assert.Equal(AskerRole.Clinician, question.Asker);
    }

    [Theory]
    [InlineData("not json", "not JSON")]
    [InlineData("{\"id\":\"1\"", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"patient\":\"p\",\"question\":\"?\"}", "id is missing")]
    [InlineData("{\"id\":1,\"patient\":\"p\",\"question\":\"?\"}", "id is not a string")]
    [InlineData("{\"id\":\"1\",\"question\":\"?\"}", "patient is missing")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\" \"}", "question is empty")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\",\"now\":\"noon\"}", "now is not a date or an instant")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\",\"now\":\"2180-13-10T22:48:00\"}", "now is not a date or an instant")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\",\"perspective\":\"nurse\"}", "perspective is neither clinical nor patient")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\",\"answer\":\"a\"}", "answer is not an array")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\",\"answer\":[null]}", "answer holds something that is neither string, number, boolean nor Period")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\",\"answer\":[{\"value\":1}]}", "answer holds an object that is no Period")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\",\"status\":\"maybe\"}", "status is none of answered, none_recorded, unsure")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\",\"evidence\":[\"x\"]}", "evidence holds something that is no Type/id reference")]
    [InlineData("{\"id\":\"\\ud800\",\"patient\":\"p\",\"question\":\"?\"}", "id is not Unicode text")]
    [InlineData("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\",\"answer\":[\"\\ud800\"]}", "answer is not Unicode text")]
    public async Task A_malformed_line_is_reported_and_the_rest_is_read(string line, string reason)
    {
        var set = await ReadAsync($$"""
            {"id":"first","patient":"p","question":"?"}
            {{line}}
            {"id":"last","patient":"p","question":"?"}
            """);

        Assert.Equal(["first", "last"], set.Questions.Select(question => question.Id));
        Assert.Equal(new MalformedLine("questions.jsonl", 2, reason), Assert.Single(set.Malformed));
    }

    [Fact]
    public async Task A_second_line_with_the_same_id_is_malformed()
    {
        var set = await ReadAsync("{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\"}\r\n\r\n{\"id\":\"1\",\"patient\":\"q\",\"question\":\"?\"}\r\n");

        Assert.Equal("p", Assert.Single(set.Questions).Patient);
        Assert.Equal("questions.jsonl:3: id was used by an earlier line", Assert.Single(set.Malformed).ToString());
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_reported_and_the_next_is_read()
    {
        var set = await ReadAsync($"{new string('x', 3 * QuestionFile.LongestLine)}\n{{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\"}}\n{new string('y', QuestionFile.LongestLine + 1)}");

        Assert.Equal(2, Assert.Single(set.Questions).Line);
        Assert.Equal([1, 3], set.Malformed.Select(line => line.Line));
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        var set = await ReadAsync("\uFEFF{\"id\":\"1\",\"patient\":\"p\",\"question\":\"?\"}");

        Assert.Single(set.Questions);
    }

    [Fact]
    public async Task An_empty_file_holds_no_questions()
    {
        var set = await ReadAsync("");

        Assert.Empty(set.Questions);
        Assert.Empty(set.Malformed);
    }

    private async Task<QuestionSet> ReadAsync(string content)
    {
        var path = Path.Combine(_folder.Path, "questions.jsonl");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return await QuestionFile.ReadAsync(path, TestContext.Current.CancellationToken);
    }
}
