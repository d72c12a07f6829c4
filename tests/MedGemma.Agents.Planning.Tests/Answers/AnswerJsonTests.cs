using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Answers;

public sealed class AnswerJsonTests
{
    private static readonly DateTimeOffset AsOf = new(2150, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly RecordQuery Query = new(
        new RecordSelection
        {
            Kinds = [RecordKind.LaboratoryResult],
            Concepts = ["HbA1c"],
            Window = new QueryWindow(null, AsOf, "before then"),
            Value = new ValueFilter(ValueComparison.AtLeast, 6.50m, "%"),
        },
        new GroupAggregate(GroupKey.Year, new StatisticAggregate(Statistic.Median)),
        ResultElement.Value);

    [Fact]
    public void An_answer_has_exactly_the_published_members()
    {
        using var json = JsonDocument.Parse(AnswerJson.ToUtf8(MakeAnswer()));

        Assert.Equal(
            ["status", "text", "values", "unit", "claims", "dropped", "queries", "receipt", "banners", "contradictions", "contradictionsNotChecked", "planner", "asOf", "reason", "model", "other"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        var claim = json.RootElement.GetProperty("claims")[0];
        Assert.Equal(["text", "evidence", "derivation", "verdict", "scope", "noteDerived", "quote"], claim.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["reference", "version", "path", "value", "unit", "time"],
            claim.GetProperty("evidence")[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Values_keep_the_digits_they_were_recorded_with()
    {
        using var json = JsonDocument.Parse(AnswerJson.ToUtf8(MakeAnswer()));

        Assert.Equal("6.50", json.RootElement.GetProperty("values")[0].GetRawText());
        Assert.Equal("answered", json.RootElement.GetProperty("status").GetString());
        Assert.Equal(AsOf, json.RootElement.GetProperty("asOf").GetDateTimeOffset());
    }

    [Fact]
    public void Evidence_of_existence_has_a_null_value()
    {
        var evidence = new Evidence(new ResourceKey("Condition", "c"), "1", "Condition", default, null, null);
        using var json = JsonDocument.Parse(AnswerJson.ToUtf8(new Claim("There is one.", 0, [evidence], null, Verdict.Supported)));

        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("evidence")[0].GetProperty("value").ValueKind);
        Assert.Equal("supported", json.RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public void Markup_in_text_is_escaped()
    {
        var text = AnswerJson.ToText(MakeAnswer() with { Text = "<script>é" });

        Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        Assert.Contains("é", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_come_back_as_they_were_written()
    {
        var written = QueryResultJson.WriteQueries([Query]);

        Assert.Equal(written, QueryResultJson.WriteQueries(QueryResultJson.ReadQueries(written)));
        Assert.Contains("\"kind\":\"group\"", System.Text.Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    private static Answer MakeAnswer()
    {
        using var value = JsonDocument.Parse("6.50");
        var number = value.RootElement.Clone();
        var evidence = new Evidence(new ResourceKey("Observation", "o"), "3", "Observation.value.ofType(Quantity).value", number, "%", "2150-01-01");
        var derivation = new Derivation("median", [evidence], new Dictionary<string, string> { ["unit"] = "%" });
        var claim = new Claim("The median was 6.50 %.", 0, [evidence], derivation, Verdict.Supported);
        var result = new QueryResult(Query, QueryOutcome.Found, [], 1, 1, [], ["Observation"], [], [], null);
        var receipt = new Receipt(
            "files",
            AsOf,
            new Dictionary<string, TypeReceipt> { ["Observation"] = new("Observation", 1, null, 1, true, null) },
            AllComplete: false);
        return new Answer(AnswerStatus.Answered, claim.Text, [number], "%", [claim], [], [result], receipt, ["deceased"], "built-in", AsOf);
    }
}
