using System.Text.Json;
using System.Text.Json.Nodes;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Json;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>
/// A model that asks for the right things and writes true sentences gets the answers that the generator of the patients knows through the whole loop: neither lookup,
/// window nor verifier is in its way. Its plans are the built-in planner's, its answers are judged by the gold alone; where that planner misreads a question, so does the model.
/// </summary>
public sealed class PerfectModelTests
{
    private const double MostWrong = 0;

    [Fact]
    public async Task A_perfect_model_gives_the_gold_answers_of_the_fixtures()
    {
        var source = await FileRecordSource.OpenAsync(
            [Path.Combine(FixtureQuestion.Folder, "patients")], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        var records = new Dictionary<string, PatientRecord>(StringComparer.Ordinal);
        var (asked, wrong, turn) = (0, new List<string>(), new ModelTurn());
        foreach (var question in FixtureQuestion.All.Where((_, index) => index % 4 == 0))
        {
            if (!records.TryGetValue(question.Patient, out var record))
                records[question.Patient] = record = await Answering.ReadAsync(source, question.Patient);

            var builtin = await Answering.AskAsync(record, question.ToChartQuestion());
            // A model may not prove the absence of what neither the vocabulary nor the record knows by that name.
            if (builtin.Status == AnswerStatus.Unsure || builtin.Queries.Any(result => result.Concepts.Any(concept => concept.How == "none")) || Plans(builtin) is not { } plans)
                continue;

            asked++;
            var model = ScriptedModel.Saying(request => request.IsPlanner ? plans[Math.Min(request.Number, plans.Count) - 1] : Claims(record, builtin, question));
            var answer = await turn.Answerer(model).AnswerAsync(record, question.ToChartQuestion(), null, TestContext.Current.CancellationToken);
            if (!question.IsRight(answer))
                wrong.Add($"{question.Text}: {answer.Status} {answer.Reason?.Code} {string.Join(' ', answer.Values)} and not {question.Status} {string.Join(' ', question.Gold)} {plans[0]}");
        }

        Assert.True(asked > 200, $"Only {asked} questions can be put as plans.");
        Assert.True(wrong.Count <= asked * MostWrong, $"{wrong.Count} of {asked} are wrong:\n{string.Join('\n', wrong.Take(5))}");
    }

    /// <summary>The built-in planner's queries as a model writes them; null where one has a window that a model cannot ask for.</summary>
    private static List<string>? Plans(Answer builtin)
    {
        var calls = new JsonArray();
        foreach (var result in builtin.Queries)
        {
            if (result.Query.Selection.NoteText is not null || result.Query.Element == ResultElement.Text || result.Query.Aggregate is TimeBetweenAggregate or CalculateAggregate)
                return null;

            var query = JsonNode.Parse(RecordQueryJson.Write(result.Query))!.AsObject();
            var selection = query["selection"]!.AsObject();
            if (result.Query.Selection.Window is { } window)
            {
                if (window.From is { } from && from.TimeOfDay != TimeSpan.Zero || window.Until is { } until && until.TimeOfDay != TimeSpan.Zero || selection.ContainsKey("encounter"))
                    return null;

                selection["window"] = Days(window);
            }
            else if (selection.ContainsKey("encounter"))
            {
                return null;
            }

            calls.Add(new JsonObject { ["tool"] = "query_record", ["arguments"] = query });
        }

        return [new JsonObject { ["next"] = "ask", ["calls"] = calls }.ToJsonString(), Scripts.Done];
    }

    private static JsonObject Days(QueryWindow window)
    {
        var days = new JsonObject();
        if (window.From is { } from)
            days["from"] = from.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (window.Until is { } until)
            days["through"] = until.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return days;
    }

    /// <summary>The sentences of the template writer, for the windows in the words that the model is told to say.</summary>
    private static string Claims(PatientRecord record, Answer builtin, FixtureQuestion question)
    {
        var context = new QueryContext(question.AsOf, TimeZoneInfo.Utc);
        var claims = builtin.Queries.Index().SelectMany(row =>
        {
            var result = row.Item;
            if (result.Query.Selection.Window is { } window)
                result = result with { Query = result.Query with { Selection = result.Query.Selection with { Window = window with { Text = Words(Days(window)) } } } };
            return new TemplateClaimWriter().Write(result, row.Index, context).Select(claim => new { text = claim.Text, evidence = new[] { $"r{row.Index + 1}" } });
        });
        return JsonSerializer.Serialize(new { claims });
    }

    private static string Words(JsonObject days) => ((string?)days["from"], (string?)days["through"]) switch
    {
        ({ } from, { } through) => from == through ? $"on {from}" : $"from {from} through {through}",
        ({ } from, null) => $"since {from}",
        var (_, through) => $"through {through}",
    };
}
