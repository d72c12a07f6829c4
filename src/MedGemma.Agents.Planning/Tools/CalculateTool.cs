using System.Text.Json;
using System.Text.Json.Nodes;
using MedGemma.Agents.Records.Formulas;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Json;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>Calculates a named clinical formula. It finds its own inputs in the record, states their ages, and says which are missing; a model gives it no number.</summary>
/// <param name="engine">Runs it.</param>
public sealed class CalculateTool(IRecordQueryEngine engine) : IRecordTool
{
    private static readonly Dictionary<string, FormulaName> s_formulas =
        Enum.GetValues<FormulaName>().ToDictionary(name => JsonSerializer.SerializeToElement(name, RecordQueryJson.Options).GetString()!, StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "calculate";

    /// <inheritdoc/>
    public string Description => "Calculates a clinical formula from what is recorded, as of the question or of the end of a window.";

    /// <inheritdoc/>
    public JsonElement Parameters { get; } = Schema();

    /// <inheritdoc/>
    public bool ClosesPlanning => false;

    /// <inheritdoc/>
    public async ValueTask<ToolOutcome> RunAsync(JsonElement arguments, RecordToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Read(arguments, context, out var query) is { } failure
            ? new ToolOutcome.Failed(failure)
            : await context.RunAsync(engine, [query!], cancellationToken).ConfigureAwait(false);
    }

    private static ToolFailure? Read(JsonElement arguments, RecordToolContext context, out RecordQuery? query)
    {
        query = null;
        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty("formula", out var formula) || formula.ValueKind != JsonValueKind.String
            || !s_formulas.TryGetValue(formula.GetString()!, out var name) || arguments.EnumerateObject().Any(member => member.Name is not ("formula" or "window")))
        {
            return new ToolFailure(ToolFailureKind.WrongArguments, "calculate takes the name of a formula, and a window if it is not as of now.", [.. s_formulas.Keys]);
        }

        QueryWindow? window = null;
        if (arguments.TryGetProperty("window", out var wanted) && new PlanWindowReader(context).Read(wanted, out window) is { } problem)
            return problem;

        query = new RecordQuery(new RecordSelection { Kinds = [RecordKind.Any], Window = window }, new CalculateAggregate(name));
        return null;
    }

    private static JsonElement Schema() => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["formula"] = new JsonObject { ["enum"] = new JsonArray([.. s_formulas.Keys.Order(StringComparer.Ordinal).Select(name => (JsonNode)name)]) },
            ["window"] = PlanQuerySchema.Window(),
        },
        ["required"] = new JsonArray("formula"),
        ["additionalProperties"] = false,
    });
}
