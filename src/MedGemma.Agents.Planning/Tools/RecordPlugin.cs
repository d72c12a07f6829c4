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
    private readonly Lazy<KernelPlugin> _plugin;

    private RecordPlugin(IReadOnlyList<AIFunction> functions)
    {
        Functions = functions;
#pragma warning disable SKEXP0001 // The one way from an AIFunction with a schema of its own to a kernel function; its behaviour here is held by tests.
        _plugin = new(() => KernelPluginFactory.CreateFromFunctions("record", "Asks one patient's record.", functions.Select(function => function.AsKernelFunction())));
#pragma warning restore SKEXP0001
    }

    /// <summary>The plugin, for a kernel; made when first asked for, because turning the schemas into a kernel's takes longer than most queries.</summary>
    public KernelPlugin Plugin => _plugin.Value;

    /// <summary>The same functions for those who know no kernel.</summary>
    public IReadOnlyList<AIFunction> Functions { get; }

    /// <summary>Binds tools to a record.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="context">The record, the question's instant, and the list that the turn's results are added to.</param>
    public static RecordPlugin Bind(IEnumerable<IRecordTool> tools, RecordToolContext context) =>
        new([.. tools.Select(tool => new RecordToolFunction(tool, context))]);

    /// <summary>Invokes a tool: the function that the plugin has, called as it is.</summary>
    /// <param name="tool">Its name, letter for letter: a kernel would take it in any case, and approvals would be asked for another name.</param>
    /// <param name="arguments">Its arguments as written.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    /// <returns>What it gave; a wrong name or wrong arguments are a failure among the outcomes.</returns>
    public async Task<ToolOutcome> InvokeAsync(string tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (Functions.FirstOrDefault(known => known.Name == tool) is not { } function)
        {
            return new ToolOutcome.Failed(new ToolFailure(ToolFailureKind.UnknownTool, "There is no such tool.", [.. Functions.Select(known => known.Name)]));
        }

        if (arguments.ValueKind != JsonValueKind.Object)
            return new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.WrongArguments, "The arguments are an object."));

        var given = new AIFunctionArguments();
        foreach (var member in arguments.EnumerateObject())
            given[member.Name] = member.Value;

        return await function.InvokeAsync(given, cancellationToken).ConfigureAwait(false) as ToolOutcome ?? throw new InvalidOperationException($"The tool {tool} gave no outcome.");
    }
}
