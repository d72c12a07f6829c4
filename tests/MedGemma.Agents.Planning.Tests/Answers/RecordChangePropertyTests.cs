using System.Text.Json.Nodes;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Planning.Tests.Answers;

/// <summary>Changes a chart under a question whose answer is known, and asks again: what is gone, in error, of later or unsaid must not be answered as if nothing had happened.</summary>
public sealed class RecordChangePropertyTests
{
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is not null;

    // What was not done, withdrawn or refused is asked for by its status, which these changes overwrite.
    private static readonly string[] s_statuses = ["not-done", "cancelled", "entered-in-error", "stopped", "on-hold", "draft", "revoked"];

    [Fact]
    public async Task What_was_entered_in_error_is_no_evidence() =>
        await ChangeAsync(s_isSoak ? 3 : 40, (record, evidence) => record with { Resources = [.. record.Resources.Select(resource => evidence.Contains(resource.Key.ToString()) ? InError(resource) : resource)] });

    [Fact]
    public async Task What_is_gone_is_no_evidence() =>
        await ChangeAsync(s_isSoak ? 3 : 40, (record, evidence) => record with { Resources = [.. record.Resources.Where(resource => !evidence.Contains(resource.Key.ToString()))] });

    [Fact]
    public async Task Nothing_is_none_in_a_chart_of_which_nothing_was_completely_read()
    {
        await EachAsync(s_isSoak ? 1 : 20, async (raw, question) =>
        {
            var unread = raw with { Receipt = raw.Receipt with { Types = raw.Receipt.Types.ToDictionary(type => type.Key, type => type.Value with { Complete = false }, StringComparer.Ordinal) } };
            var answer = await Answering.AskAsync(Answering.Builder.Build(unread), question.ToChartQuestion());
            return answer.Status == AnswerStatus.NoneRecorded ? $"{question.Text}: {answer.Text}" : null;
        });
    }

    private static async Task ChangeAsync(int every, Func<RawRecord, IReadOnlySet<string>, RawRecord> change) => await EachAsync(every, async (raw, question) =>
    {
        var before = await Answering.AskAsync(Answering.Builder.Build(raw), question.ToChartQuestion());
        var evidence = EvidenceOf.Answer(before).Select(one => one.Resource.ToString()).Where(key => !key.StartsWith("Patient/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        if (before.Status != AnswerStatus.Answered || evidence.Count == 0 || raw.Resources.Any(resource => evidence.Contains(resource.Key.ToString()) && s_statuses.Contains(StatusOf(resource))))
            return null;

        var after = await Answering.AskAsync(Answering.Builder.Build(change(raw, evidence)), question.ToChartQuestion());
        var still = EvidenceOf.Answer(after).Select(one => one.Resource.ToString()).FirstOrDefault(evidence.Contains);
        return after.Status == AnswerStatus.Answered && still is not null ? $"{question.Text}: {after.Text} rests on {still}" : null;
    });

    private static async Task EachAsync(int every, Func<RawRecord, FixtureQuestion, Task<string?>> check)
    {
        var source = await FileRecordSource.OpenAsync(
            [Path.Combine(FixtureQuestion.Folder, "patients")],
            CompleteTypes.Everything,
            new ResourceReaderOptions(),
            new FakeTimeProvider(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero)),
            TestContext.Current.CancellationToken);
        var (asked, wrong) = (0, new List<string>());
        foreach (var ofPatient in FixtureQuestion.All.GroupBy(question => question.Patient))
        {
            var raw = (await source.ReadAsync(ofPatient.Key, TestContext.Current.CancellationToken))!;
            foreach (var question in ofPatient.Where((_, place) => place % every == 0))
            {
                asked++;
                if (await check(raw, question) is { } problem)
                    wrong.Add(problem);
            }
        }

        Assert.True(asked > 20);
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static string? StatusOf(RawResource resource) => JsonNode.Parse(resource.Json.Span)!["status"] is JsonValue value && value.TryGetValue<string>(out var status) ? status : null;

    private static RawResource InError(RawResource resource)
    {
        var json = JsonNode.Parse(resource.Json.Span)!.AsObject();
        if (resource.Key.Type is "Condition" or "AllergyIntolerance")
        {
            json.Remove("clinicalStatus");
            json["verificationStatus"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["code"] = "entered-in-error" }) };
        }
        else
        {
            json[resource.Key.Type == "Goal" ? "lifecycleStatus" : "status"] = "entered-in-error";
        }

        return resource with { Json = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()) };
    }
}
