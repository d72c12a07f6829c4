using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>
/// The tools over one record as a Semantic Kernel plugin: whoever holds it can ask about this patient and no other. Nothing is invoked by the kernel on its own;
/// a planner invokes what it has checked. For one turn; not thread-safe.
/// </summary>
public sealed class RecordPlugin
{
    private readonly Kernel _kernel = new();

    private RecordPlugin(IReadOnlyList<AIFunction> functions)
    {
        Functions = functions;
#pragma warning disable SKEXP0001 // The one way from an AIFunction with a schema of its own to a kernel function; its behaviour here is held by tests.
        Plugin = KernelPluginFactory.CreateFromFunctions("record", "Asks one patient's record.", functions.Select(function => function.AsKernelFunction()));
#pragma warning restore SKEXP0001
    }

    /// <summary>The plugin, for a kernel.</summary>
    public KernelPlugin Plugin { get; }

    /// <summary>The same functions for those who know no kernel.</summary>
    public IReadOnlyList<AIFunction> Functions { get; }

    /// <summary>Binds tools to a record.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="context">The record, the question's instant, and the list that the turn's results are added to.</param>
    public static RecordPlugin Bind(IEnumerable<IRecordTool> tools, RecordToolContext context) =>
        new([.. tools.Select(tool => new RecordToolFunction(tool, context))]);

    /// <summary>Invokes a tool.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">Its arguments as written.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    /// <returns>What it gave; a wrong name or wrong arguments are a failure among the outcomes.</returns>
    public async Task<ToolOutcome> InvokeAsync(string tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (!Plugin.TryGetFunction(tool, out var function))
        {
            return new ToolOutcome.Failed(new ToolFailure(ToolFailureKind.UnknownTool, "There is no such tool.", [.. Functions.Select(known => known.Name)]));
        }

        if (arguments.ValueKind != JsonValueKind.Object)
            return new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.WrongArguments, "The arguments are an object."));

        var given = new KernelArguments();
        foreach (var member in arguments.EnumerateObject())
            given[member.Name] = member.Value;

        var result = await function.InvokeAsync(_kernel, given, cancellationToken).ConfigureAwait(false);
        return result.GetValue<ToolOutcome>() ?? throw new InvalidOperationException($"The tool {tool} gave no outcome.");
    }
}
