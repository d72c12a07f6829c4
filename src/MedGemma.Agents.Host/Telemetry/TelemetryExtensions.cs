using System.Diagnostics;
using MedGemma.Agents.Host.Commands;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MedGemma.Agents.Host.Telemetry;

/// <summary>Registers traces, metrics and logs; they are exported by OTLP to <see cref="TelemetryOptions.OtlpEndpoint"/>, or not at all.</summary>
internal static class TelemetryExtensions
{
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical) // a failed start is said in one line on standard error
            .AddFilter("Polly", LogLevel.Warning)
            .AddFilter("MedGemma.Agents.Host.Serving.Security", LogLevel.Warning) // every refusal is a row of the audit
            .AddFilter("Orleans", LogLevel.Warning)
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error) // recommends server GC at each start
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error); // takes the time before its first check for a delay
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Services.PostConfigure<LoggerFilterOptions>(QuietCategories.Quieten);

        // With its usual propagator the ASP.NET Core instrumentation would read baggage and trace state for itself.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        builder.Services.AddSingleton<DistributedContextPropagator, TraceOnlyPropagator>();
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
        var options = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (options.OtlpEndpoint is { } given && !(given.IsAbsoluteUri && (given.Scheme == Uri.UriSchemeHttp || given.Scheme == Uri.UriSchemeHttps)))
            throw new CommandRefusedException($"MedGemma:Telemetry:OtlpEndpoint: '{given}' is not a URL such as http://127.0.0.1:4317");

        if (options.OtlpEndpoint is { } endpoint)
            telemetry.UseOtlpExporter(OtlpExportProtocol.Grpc, endpoint);
        else
            telemetry.WithTracing(traces => traces.SetSampler(new AlwaysOffSampler())); // Spans that go nowhere are not recorded.

        return builder;
    }
}
