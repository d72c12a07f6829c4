using System.Text.Json;
using MedGemma.Agents.Planning.Prompts;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>Says what the record holds. The planner has it in its prompt; for those who come without one, such as MCP clients.</summary>
/// <param name="overviews">Writes overviews; looked up at the first call.</param>
public sealed class RecordOverviewTool(Lazy<RecordOverviews> overviews) : IRecordTool
{
    /// <inheritdoc/>
    public string Name => "record_overview";

    /// <inheritdoc/>
    public string Description => "Says which kinds of things and which concepts the record holds, with counts, dates and ranges. Begin with it.";

    /// <inheritdoc/>
    public JsonElement Parameters { get; } = JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":false}""");

    /// <inheritdoc/>
    public bool ClosesPlanning => false;

    /// <inheritdoc/>
    public ValueTask<ToolOutcome> RunAsync(JsonElement arguments, RecordToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<ToolOutcome>(arguments.ValueKind == JsonValueKind.Object && !arguments.EnumerateObject().Any()
            ? new ToolOutcome.Explained(overviews.Value.Of(context.Record, context.Question))
            : new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.WrongArguments, "record_overview takes no arguments.")));
    }
}
