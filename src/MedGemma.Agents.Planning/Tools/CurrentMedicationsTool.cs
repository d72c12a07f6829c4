using System.Text.Json;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>Lists what the patient takes at the instant of the question, as computed from terms, stays, supply and status, never from a status alone.</summary>
/// <param name="engine">Runs the query.</param>
public sealed class CurrentMedicationsTool(IRecordQueryEngine engine) : IRecordTool
{
    private static readonly RecordQuery s_query = new(
        new RecordSelection { Kinds = [RecordKind.MedicationRequest, RecordKind.MedicationStatement], CurrentOnly = true },
        new ListAggregate(Distinct: true));

    /// <inheritdoc/>
    public string Name => "current_medications";

    /// <inheritdoc/>
    public string Description => "Lists the medications that are current at the instant of the question.";

    /// <inheritdoc/>
    public JsonElement Parameters { get; } = JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":false}""");

    /// <inheritdoc/>
    public bool ClosesPlanning => false;

    /// <inheritdoc/>
    public async ValueTask<ToolOutcome> RunAsync(JsonElement arguments, RecordToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return arguments.ValueKind == JsonValueKind.Object && !arguments.EnumerateObject().Any()
            ? await context.RunAsync(engine, [s_query], cancellationToken).ConfigureAwait(false)
            : new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.WrongArguments, "current_medications takes no arguments."));
    }
}
