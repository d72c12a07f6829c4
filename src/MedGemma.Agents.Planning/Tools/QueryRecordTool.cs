using System.Text.Json;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>Runs one record query.</summary>
/// <param name="engine">Runs it.</param>
/// <param name="resolver">Says which names there are.</param>
public sealed class QueryRecordTool(IRecordQueryEngine engine, IConceptResolver resolver) : IRecordTool
{
    private readonly PlanQueryReader _reader = new(new ConceptCheck(resolver));

    /// <inheritdoc/>
    public string Name => "query_record";

    /// <inheritdoc/>
    public string Description => "Finds resources of the record and makes one thing of them: the latest, a list, a count, a statistic, a trend. Counts, dates and units are worked out exactly.";

    /// <inheritdoc/>
    public JsonElement Parameters { get; } = JsonSerializer.SerializeToElement(PlanQuerySchema.Query());

    /// <inheritdoc/>
    public bool ClosesPlanning => false;

    /// <inheritdoc/>
    public async ValueTask<ToolOutcome> RunAsync(JsonElement arguments, RecordToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _reader.Read(arguments, context, out var query) is { } failure
            ? new ToolOutcome.Failed(failure)
            : await context.RunAsync(engine, [query!], cancellationToken).ConfigureAwait(false);
    }
}
