using System.Text.Json;
using System.Text.Json.Nodes;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>Runs one query over two windows, so that what is compared is asked for in the same way.</summary>
/// <param name="engine">Runs it.</param>
/// <param name="resolver">Says which names there are.</param>
public sealed class ComparePeriodsTool(IRecordQueryEngine engine, IConceptResolver resolver) : IRecordTool
{
    private readonly PlanQueryReader _reader = new(new ConceptCheck(resolver));

    /// <inheritdoc/>
    public string Name => "compare_periods";

    /// <inheritdoc/>
    public string Description => "Asks the same of two periods: first the earlier, then the later one. Gives two results.";

    /// <inheritdoc/>
    public JsonElement Parameters { get; } = Schema();

    /// <inheritdoc/>
    public bool ClosesPlanning => false;

    /// <inheritdoc/>
    public async ValueTask<ToolOutcome> RunAsync(JsonElement arguments, RecordToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var queries = new List<RecordQuery>(2);
        foreach (var period in new[] { "first", "second" })
        {
            if (Read(arguments, period, context, out var query) is { } failure)
                return new ToolOutcome.Failed(failure);

            queries.Add(query!);
        }

        return await context.RunAsync(engine, queries, cancellationToken).ConfigureAwait(false);
    }

    private ToolFailure? Read(JsonElement arguments, string period, RecordToolContext context, out RecordQuery? query)
    {
        query = null;
        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty(period, out var window) || !arguments.TryGetProperty("query", out var asked)
            || arguments.EnumerateObject().Count() != 3 || JsonObject.Create(asked) is not { } written || written["selection"] is not JsonObject selection
            || selection.ContainsKey("window"))
        {
            return ToolFailure.Of(ToolFailureKind.WrongArguments, "compare_periods takes a query without a window, and the windows first and second.");
        }

        selection["window"] = JsonNode.Parse(window.GetRawText());
        return _reader.Read(JsonSerializer.SerializeToElement(written), context, out query);
    }

    private static JsonElement Schema()
    {
        var query = PlanQuerySchema.Query();
        query["properties"]!["selection"]!["properties"]!.AsObject().Remove("window");
        query["description"] = "What is asked of both periods.";
        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["query"] = query, ["first"] = PlanQuerySchema.Window(), ["second"] = PlanQuerySchema.Window() },
            ["required"] = new JsonArray("query", "first", "second"),
            ["additionalProperties"] = false,
        });
    }
}
