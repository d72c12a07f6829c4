using System.Text.Json;
using Microsoft.SemanticKernel;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>
/// Tools as a Semantic Kernel plugin. Made once: turning the schemas into a kernel's takes longer than most queries. The record is not in it; each turn binds the plugin to
/// its record in a kernel of its own (<see cref="RecordKernel"/>). Immutable, safe for concurrent use.
/// </summary>
public sealed class RecordPlugin
{
    /// <summary>Name of the plugin.</summary>
    public const string Name = "record";

    /// <summary>Where a kernel keeps the record that it is bound to.</summary>
    private const string Bound = "medgemma.record";

    private readonly IReadOnlyList<IFunctionInvocationFilter> _filters;

    /// <summary>Makes it.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="filters">Filters around each call, beside the span that there always is: an audit of one's own, a limit.</param>
    public RecordPlugin(IEnumerable<IRecordTool> tools, params IEnumerable<IFunctionInvocationFilter> filters)
    {
        _filters = [new ToolSpanFilter(), .. filters];
        Plugin = KernelPluginFactory.CreateFromFunctions(Name, "Asks one patient's record.", tools.Select(ToFunction));
    }

    /// <summary>The plugin.</summary>
    public KernelPlugin Plugin { get; }

    /// <summary>Binds it to a record for a turn.</summary>
    /// <param name="context">The record, the question's instant, and the list that the turn's results are added to.</param>
    public RecordKernel Bind(RecordToolContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var kernel = new Kernel(plugins: [Plugin]);
        kernel.Data[Bound] = context;
        foreach (var filter in _filters)
            kernel.FunctionInvocationFilters.Add(filter);

        return new RecordKernel(kernel, Plugin);
    }

    private static KernelFunction ToFunction(IRecordTool tool) => KernelFunctionFactory.CreateFromMethod(
        (Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken) => RunAsync(tool, kernel, arguments, cancellationToken),
        new KernelFunctionFromMethodOptions
        {
            FunctionName = tool.Name,
            Description = tool.Description,
            Parameters = [.. ParametersOf(tool.Parameters)],
            ReturnParameter = new KernelReturnParameterMetadata { Description = "What the tool gave, or why it gave nothing." },
        });

    private static async Task<ToolOutcome> RunAsync(IRecordTool tool, Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        var context = kernel.Data.TryGetValue(Bound, out var bound) && bound is RecordToolContext given
            ? given
            : throw new InvalidOperationException($"The tool {tool.Name} was called on a kernel that no record is bound to.");
        var written = JsonSerializer.SerializeToElement(arguments.ToDictionary(argument => argument.Key, argument => argument.Value));
        return await tool.RunAsync(written, context, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<KernelParameterMetadata> ParametersOf(JsonElement schema)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var parameter in schema.GetProperty("properties").EnumerateObject())
        {
            yield return new KernelParameterMetadata(parameter.Name)
            {
                Description = parameter.Value.TryGetProperty("description", out var description) ? description.GetString()! : "",
                IsRequired = required.Contains(parameter.Name),
                Schema = KernelJsonSchema.Parse(parameter.Value.GetRawText()),
            };
        }
    }
}
