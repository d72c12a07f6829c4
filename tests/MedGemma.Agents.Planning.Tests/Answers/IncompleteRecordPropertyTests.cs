using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Planning.Tests.Answers;

/// <summary>Takes a part of one resource type out of a complete chart, has the receipt say so, and asks again: what is stated then must be what the whole chart says.</summary>
public sealed class IncompleteRecordPropertyTests
{
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is not null;

    /// <summary>Every eighth question without a half of one type each; <c>MEDGEMMA_SOAK</c> asks every question without either half of every type.</summary>
    [Fact]
    public async Task What_is_stated_from_a_part_of_the_chart_is_what_the_whole_chart_says()
    {
        var source = await FileRecordSource.OpenAsync(
            [Path.Combine(FixtureQuestion.Folder, "patients")],
            CompleteTypes.Everything,
            new ResourceReaderOptions(),
            new FakeTimeProvider(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero)),
            TestContext.Current.CancellationToken);
        var (checkedCount, statedCount) = (0, 0);
        var wrong = new List<string>();
        foreach (var ofPatient in FixtureQuestion.All.GroupBy(question => question.Patient))
        {
            var raw = (await source.ReadAsync(ofPatient.Key, TestContext.Current.CancellationToken))!;
            var whole = Answering.Builder.Build(raw);
            var types = raw.Resources.Select(resource => resource.Key.Type).Where(type => type != "Patient").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var parts = types.SelectMany(type => new[] { 0, 1 }.Select(half => (Type: type, Half: half, Record: Answering.Builder.Build(Without(raw, type, half))))).ToList();
            foreach (var (place, question) in ofPatient.Where((_, place) => s_isSoak || place % 8 == 0).Index())
            {
                var expected = await Answering.AskAsync(whole, question.ToChartQuestion());
                foreach (var part in s_isSoak ? parts : [parts[place % parts.Count]])
                {
                    var said = await Answering.AskAsync(part.Record, question.ToChartQuestion());
                    checkedCount++;
                    if (said.Status == AnswerStatus.Unsure)
                        continue;

                    statedCount++;
                    if (said.Status != expected.Status || !Values(said).SetEquals(Values(expected)))
                        wrong.Add($"without half {part.Half} of {part.Type}: {question.Text} {Describe(said)} instead of {Describe(expected)}");
                }
            }
        }

        Assert.True(statedCount > checkedCount / 4, $"Only {statedCount} of {checkedCount} were stated.");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static string Describe(Answer answer) => $"{answer.Status} {string.Join(", ", Values(answer))}";

    private static HashSet<string> Values(Answer answer) => [.. answer.Values.Select(value => value.GetRawText())];

    private static RawRecord Without(RawRecord record, string type, int half)
    {
        var place = 0;
        var kept = record.Resources.OrderBy(resource => resource.Key.Id, StringComparer.Ordinal).Where(resource => resource.Key.Type != type || place++ % 2 == half).ToList();
        var types = record.Resources.CountBy(resource => resource.Key.Type, StringComparer.Ordinal).ToDictionary(
            read => read.Key,
            read => new TypeReceipt(read.Key, kept.Count(resource => resource.Key.Type == read.Key), read.Value, 1, Complete: read.Key != type, null),
            StringComparer.Ordinal);
        return record with { Resources = kept, Receipt = record.Receipt with { Types = types } };
    }
}
