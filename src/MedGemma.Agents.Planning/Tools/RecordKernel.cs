using System.Text.Json;
using Microsoft.SemanticKernel;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>
/// A kernel bound to one record: whoever holds it can ask about this patient and no other. Nothing is invoked by the kernel on its own; a planner invokes what it has
/// checked, through the kernel's filters. For one turn; not thread-safe.
/// </summary>
public sealed class RecordKernel
{
    private readonly Kernel _kernel;
    private readonly KernelPlugin _plugin;

    internal RecordKernel(Kernel kernel, KernelPlugin plugin) => (_kernel, _plugin) = (kernel, plugin);

    /// <summary>Invokes a tool.</summary>
    /// <param name="tool">Its name, letter for letter: a kernel would take it in any case, and whoever looks at names would look at another one.</param>
    /// <param name="arguments">Its arguments as written.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    /// <returns>What it gave; a wrong name or wrong arguments are a failure among the outcomes.</returns>
    public async Task<ToolOutcome> InvokeAsync(string tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (_plugin.FirstOrDefault(known => known.Name == tool) is not { } function)
            return new ToolOutcome.Failed(new ToolFailure(ToolFailureKind.UnknownTool, "There is no such tool.", [.. _plugin.Select(known => known.Name)]));

        if (arguments.ValueKind != JsonValueKind.Object)
            return new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.WrongArguments, "The arguments are an object."));

        var given = new KernelArguments();
        foreach (var member in arguments.EnumerateObject())
        {
            // A kernel's arguments know no case: the second would take the place of the first unseen.
            if (!given.TryAdd(member.Name, member.Value))
                return new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.WrongArguments, "A member is written twice."));
        }

        var result = await _kernel.InvokeAsync(function, given, cancellationToken).ConfigureAwait(false);
        return result.GetValue<ToolOutcome>() ?? throw new InvalidOperationException($"The tool {tool} gave no outcome.");
    }
}
