using System.Text.Json;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>
/// Something that a planning model may ask of one patient's record. It takes no patient: the record is bound by whoever calls it. Safe for concurrent use.
/// </summary>
public interface IRecordTool
{
    /// <summary>Name in plans, in <c>agent.yaml</c> and for MCP: lower case with underscores.</summary>
    string Name { get; }

    /// <summary>What it does, for a model.</summary>
    string Description { get; }

    /// <summary>JSON Schema of its arguments: an object without references, within what <c>Inference/Grammars</c> can compile.</summary>
    JsonElement Parameters { get; }

    /// <summary>True when it shows free text of the record: no further plan is taken afterwards, so that the text cannot alter what is asked.</summary>
    bool ClosesPlanning { get; }

    /// <summary>Runs it.</summary>
    /// <param name="arguments">The arguments as the model wrote them, not yet checked.</param>
    /// <param name="context">The record and what was found before in the turn.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    /// <returns>What it gave; what the model got wrong is a <see cref="ToolOutcome.Failed"/>, never an exception.</returns>
    ValueTask<ToolOutcome> RunAsync(JsonElement arguments, RecordToolContext context, CancellationToken cancellationToken);
}
