using System.Diagnostics;
using System.Text.Json;
using MedGemma.Agents.Planning.Telemetry;
using MedGemma.Agents.Planning.Tests.Loop;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using Microsoft.SemanticKernel;

namespace MedGemma.Agents.Planning.Tests.Tools;

public sealed class RecordToolTests
{
    [Theory]
    [InlineData("""{"last":6,"unit":"month"}""", "in the last 6 months", "2025-07-15", null)]
    [InlineData("""{"last":1,"unit":"week"}""", "in the last week", "2026-01-08", null)]
    [InlineData("""{"year":2024}""", "in 2024", "2024-01-01", "2025-01-01")]
    [InlineData("""{"year":2024,"month":2}""", "in February 2024", "2024-02-01", "2024-03-01")]
    [InlineData("""{"from":"2024-02-28","through":"2024-02-29"}""", "from 2024-02-28 through 2024-02-29", "2024-02-28", "2024-03-01")]
    [InlineData("""{"from":"2024-02-29"}""", "since 2024-02-29", "2024-02-29", null)]
    [InlineData("""{"through":"2024-02-29"}""", "through 2024-02-29", null, "2024-03-01")]
    public async Task A_window_is_worked_out_by_code(string window, string text, string? from, string? until)
    {
        var outcome = await QueryAsync(Arguments($$""","window":{{window}}"""));

        var made = Assert.Single(Assert.IsType<ToolOutcome.Queried>(outcome).Results).Query.Selection.Window!;
        Assert.Equal((text, from, until), (made.Text, made.From?.ToString("yyyy-MM-dd", null), made.Until?.ToString("yyyy-MM-dd", null)));
    }

    [Theory]
    [InlineData("""{"last":6}""")]
    [InlineData("""{"last":6,"unit":"month","year":2024}""")]
    [InlineData("""{"year":20245}""")]
    [InlineData("""{"year":2024,"month":13}""")]
    [InlineData("""{"from":"2023-02-29"}""")]
    [InlineData("""{"from":"yesterday"}""")]
    [InlineData("""{}""")]
    [InlineData(""" "in 2024" """)]
    public async Task A_window_that_is_none_is_refused(string window) =>
        Assert.Equal(ToolFailureKind.WrongWindow, Assert.IsType<ToolOutcome.Failed>(await QueryAsync(Arguments($$""","window":{{window}}"""))).Failure.Kind);

    [Theory]
    [InlineData("creatnine")]
    [InlineData("zorgonium")]
    public async Task A_name_that_does_not_resolve_as_it_is_spelt_is_refused(string name)
    {
        var failure = Assert.IsType<ToolOutcome.Failed>(await QueryAsync(Arguments($$""","concepts":["{{name}}"]"""))).Failure;

        Assert.Equal(ToolFailureKind.UnknownConcept, failure.Kind);
    }

    [Theory]
    [InlineData("query_record", "[]")]
    [InlineData("query_record", "{}")]
    [InlineData("query_record", """{"selection":{"kinds":[]},"aggregate":{"kind":"latest"}}""")]
    [InlineData("query_record", """{"selection":{"kinds":["laboratory-result"]},"aggregate":{"kind":"latest"},"element":7}""")]
    [InlineData("query_record", """{"selection":{"kinds":["document"]},"aggregate":{"kind":"latest"},"element":"text"}""")]
    [InlineData("compare_periods", """{"query":{"selection":{"kinds":["condition"],"window":{"year":2020}},"aggregate":{"kind":"count"}},"first":{"year":2020},"second":{"year":2021}}""")]
    [InlineData("current_medications", """{"patient":"x"}""")]
    [InlineData("calculate", """{"formula":"magic"}""")]
    [InlineData("calculate", """{"formula":"bmi","weight":1}""")]
    [InlineData("explain_code", """{"code":7}""")]
    public async Task Wrong_arguments_are_a_failure_and_no_exception(string tool, string arguments) =>
        Assert.Equal(ToolFailureKind.WrongArguments, Assert.IsType<ToolOutcome.Failed>(await InvokeAsync(tool, arguments)).Failure.Kind);

    [Theory]
    [InlineData("query_record", """{"selection":{"kinds":["condition"]},"aggregate":{"kind":"count"}}""", 1)]
    [InlineData("compare_periods", """{"query":{"selection":{"kinds":["condition"]},"aggregate":{"kind":"count"}},"first":{"year":2020},"second":{"year":2021}}""", 2)]
    [InlineData("current_medications", "{}", 1)]
    [InlineData("calculate", """{"formula":"bmi"}""", 1)]
    public async Task A_query_is_shown_before_it_runs_and_its_result_before_the_next_one_does(string tool, string arguments, int queries)
    {
        var steps = new StepRecorder();
        var tools = ModelTurn.MakeTools(engine => new ToldEngine(engine, steps));
        var context = new RecordToolContext(await ModelTurn.RecordAsync(), new QueryContext(ModelTurn.AsOf, TimeZoneInfo.Utc), []) { Observer = steps };

        await new RecordPlugin(tools).Bind(context).InvokeAsync(tool, JsonElement.Parse(arguments), TestContext.Current.CancellationToken);

        Assert.Equal([$"planned {queries}", .. Enumerable.Repeat(new[] { "run", "queried Found" }, queries).SelectMany(step => step)], steps.Steps);
    }

    [Fact]
    public async Task A_tool_is_called_by_its_name_letter_for_letter() =>
        Assert.Equal(ToolFailureKind.UnknownTool, Assert.IsType<ToolOutcome.Failed>(await InvokeAsync("Query_Record", Arguments(""))).Failure.Kind);

    [Fact]
    public async Task A_code_is_explained_from_the_record_and_the_vocabulary()
    {
        var text = Assert.IsType<ToolOutcome.Explained>(await InvokeAsync("explain_code", """{"code":"2160-0"}""")).Text;

        Assert.Contains("in this record: \"Creatinine", text, StringComparison.Ordinal);
        Assert.Contains("in the vocabulary: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plugin_has_every_tool_with_its_own_schema()
    {
        var plugin = new RecordPlugin(ModelTurn.Tools).Plugin;

        Assert.Equal(ModelTurn.Tools.Select(tool => tool.Name).Order(StringComparer.Ordinal), plugin.Select(function => function.Name).Order(StringComparer.Ordinal));
        foreach (var tool in ModelTurn.Tools)
        {
            var parameters = plugin[tool.Name].Metadata.Parameters;
            Assert.Equal(tool.Parameters.GetProperty("properties").EnumerateObject().Select(member => member.Name), parameters.Select(parameter => parameter.Name));
            Assert.All(parameters, parameter => Assert.True(JsonElement.DeepEquals(parameter.Schema!.RootElement, tool.Parameters.GetProperty("properties").GetProperty(parameter.Name))));
        }
    }

    /// <summary>A planner's calls go through the kernel: its filters see each of them, and may end it.</summary>
    [Fact]
    public async Task Every_call_goes_through_the_filters_and_leaves_a_span_without_what_was_asked()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PlanningTelemetry.SourceName, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var turn = new Activity("turn").Start();
        var seen = new Seen();
        var kernel = new RecordPlugin(ModelTurn.Tools, seen).Bind(new RecordToolContext(await ModelTurn.RecordAsync(), new QueryContext(ModelTurn.AsOf, TimeZoneInfo.Utc), []));

        await kernel.InvokeAsync("query_record", JsonElement.Parse(Arguments(""","concepts":["creatinine"]""")), TestContext.Current.CancellationToken);
        await kernel.InvokeAsync("query_record", JsonElement.Parse(Arguments(""","concepts":["zorgonium"]""")), TestContext.Current.CancellationToken);

        Assert.Equal(["query_record", "query_record"], seen.Functions);
        var mine = spans.FindAll(span => span.TraceId == turn.TraceId);
        Assert.Equal(["queried", "unknown-concept"], mine.Select(span => span.GetTagItem(PlanningTelemetry.ToolOutcome)));
        Assert.All(mine, span => Assert.Equal([PlanningTelemetry.Tool, PlanningTelemetry.ToolOutcome], span.TagObjects.Select(tag => tag.Key)));
    }

    [Fact]
    public async Task Without_a_record_bound_to_its_kernel_a_function_does_nothing() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Kernel().InvokeAsync(new RecordPlugin(ModelTurn.Tools).Plugin["current_medications"], cancellationToken: TestContext.Current.CancellationToken));

    private static string Arguments(string selection) => """{"selection":{"kinds":["laboratory-result"]""" + selection + """},"aggregate":{"kind":"count"}}""";

    private static Task<ToolOutcome> QueryAsync(string arguments) => InvokeAsync("query_record", arguments);

    private static async Task<ToolOutcome> InvokeAsync(string tool, string arguments)
    {
        using var json = JsonDocument.Parse(arguments);
        var context = new RecordToolContext(await ModelTurn.RecordAsync(), new QueryContext(ModelTurn.AsOf, TimeZoneInfo.Utc), []);
        return await new RecordPlugin(ModelTurn.Tools).Bind(context).InvokeAsync(tool, json.RootElement, TestContext.Current.CancellationToken);
    }

    private sealed class ToldEngine(IRecordQueryEngine engine, StepRecorder steps) : IRecordQueryEngine
    {
        public QueryResult Run(PatientRecord record, RecordQuery query, QueryContext context)
        {
            steps.Steps.Add("run");
            return engine.Run(record, query, context);
        }
    }

    private sealed class Seen : IFunctionInvocationFilter
    {
        public List<string> Functions { get; } = [];

        public Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
        {
            Functions.Add(context.Function.Name);
            return next(context);
        }
    }
}
