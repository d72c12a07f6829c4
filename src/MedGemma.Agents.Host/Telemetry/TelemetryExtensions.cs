using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MedGemma.Agents.Host.Telemetry;

/// <summary>Registers traces, metrics and logs; they are exported by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is configured, otherwise not at all.</summary>
internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        // These write paths and bodies of requests, whatever levels are configured for everything else.
        foreach (var category in new[] { "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Http" })
            builder.Logging.AddFilter(category, LogLevel.Error);

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeScopes = false;
            logs.IncludeFormattedMessage = true;
        });
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServingTelemetry.ServiceName))
            .WithTracing(traces => traces
                .AddSource(ServingTelemetry.SpanSources)
                .AddAspNetCoreInstrumentation(options => options.RecordException = false)
                .AddProcessor(new RouteTemplateProcessor()))
            .WithMetrics(metrics => metrics
                .AddMeter(ServingTelemetry.Meters)
                .AddRuntimeInstrumentation());
        if (!string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]))
            telemetry.UseOtlpExporter();

        return builder;
    }
}
