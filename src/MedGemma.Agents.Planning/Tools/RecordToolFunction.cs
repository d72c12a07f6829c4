using System.Text.Json;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>A tool bound to one record, as the function that Semantic Kernel and MCP know. Its schema is the tool's own: there is no second one.</summary>
/// <param name="tool">The tool.</param>
/// <param name="context">The record, which no argument can change.</param>
internal sealed class RecordToolFunction(IRecordTool tool, RecordToolContext context) : AIFunction
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
        var given = arguments.ToDictionary(argument => argument.Key, argument => argument.Value);
        return await tool.RunAsync(JsonSerializer.SerializeToElement(given), context, cancellationToken).ConfigureAwait(false);
    }
}
