using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Host.Mcp;

/// <summary>
/// A tool of the record as MCP clients call it: the same name, description and schema that agents see. The patient is that of the session or of the command line;
/// no argument names one.
/// </summary>
/// <param name="tool">The tool.</param>
/// <param name="record">Gives the record as it is now, or null when the caller may not read it any more.</param>
/// <param name="found">What earlier calls found, for handles.</param>
/// <param name="question">Instant and zone of the call.</param>
internal sealed class McpRecordFunction(IRecordTool tool, Func<CancellationToken, Task<PatientRecord?>> record, FoundResults found, Func<QueryContext> question) : AIFunction
{
    /// <inheritdoc/>
    public override string Name => tool.Name;

    /// <inheritdoc/>
    public override string Description => tool.Description;

    /// <inheritdoc/>
    public override JsonElement JsonSchema => tool.Parameters;

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        if (await record(cancellationToken).ConfigureAwait(false) is not { } current)
            return McpResults.Refused();
        if (MergedRecords.Refuse(current) is { } merged)
            return McpResults.Of(new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.MergedRecord, merged.Message)), found, current);

        var given = JsonSerializer.SerializeToElement(arguments.ToDictionary(argument => argument.Key, argument => argument.Value));
        var (results, first) = found.Snapshot();
        var outcome = await tool.RunAsync(given, new RecordToolContext(current, question(), results) { First = first }, cancellationToken).ConfigureAwait(false);
        return McpResults.Of(outcome, found, current);
    }
}
