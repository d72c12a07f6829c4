using System.Diagnostics;
using System.Text.Json;
using MedGemma.Agents.Planning.Telemetry;
using Microsoft.SemanticKernel;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>Puts a span around each call of a tool: which one and how it ended, and nothing of its arguments or results. Safe for concurrent use.</summary>
internal sealed class ToolSpanFilter : IFunctionInvocationFilter
{
    private static readonly ActivitySource s_spans = new(PlanningTelemetry.SourceName);

    /// <inheritdoc/>
    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        using var span = s_spans.StartActivity(PlanningTelemetry.ToolSpan);
        span?.SetTag(PlanningTelemetry.Tool, context.Function.Name);
        await next(context).ConfigureAwait(false);
        span?.SetTag(PlanningTelemetry.ToolOutcome, context.Result.GetValue<ToolOutcome>() switch
        {
            ToolOutcome.Queried => "queried",
            ToolOutcome.Explained => "explained",
            ToolOutcome.Failed(var failure) => JsonNamingPolicy.KebabCaseLower.ConvertName(failure.Kind.ToString()),
            _ => "none",
        });
    }
}
