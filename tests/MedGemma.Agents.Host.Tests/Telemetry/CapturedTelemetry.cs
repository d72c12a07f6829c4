using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MedGemma.Agents.Host.Tests.Telemetry;

/// <summary>Everything that a server exports, as text.</summary>
internal sealed class CapturedTelemetry
{
    private readonly List<Activity> _spans = [];
    private readonly List<MetricSnapshot> _metrics = [];
    private readonly List<LogRecord> _logs = [];

    public int Spans => _spans.Count;

    public int Metrics => _metrics.Count;

    public int Logs => _logs.Count;

    public void Attach(WebApplicationBuilder builder) => builder.Services.AddOpenTelemetry()
        .WithTracing(traces => traces.SetSampler(new AlwaysOnSampler()).AddInMemoryExporter(_spans))
        .WithMetrics(metrics => metrics.AddInMemoryExporter(_metrics, reader => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 500))
        .WithLogging(logs => logs.AddInMemoryExporter(_logs));

    public IEnumerable<string> ReadAll()
    {
        foreach (var span in _spans)
        {
            yield return $"span {span.Source.Name} {span.OperationName} {span.DisplayName} {span.StatusDescription} {span.TraceStateString}";
            foreach (var (name, value) in span.TagObjects.Concat(span.Events.SelectMany(happened => happened.Tags)))
                yield return $"span {span.DisplayName}: {name}={value}";
            foreach (var (name, value) in span.Baggage)
                yield return $"span {span.DisplayName}: baggage {name}={value}";
        }

        foreach (var metric in _metrics)
        {
            foreach (var point in metric.MetricPoints)
            {
                foreach (var (name, value) in point.Tags)
                    yield return $"metric {metric.Name}: {name}={value}";
            }

            yield return $"metric {metric.MeterName} {metric.Name} {metric.Description}";
        }

        foreach (var log in _logs)
        {
            yield return $"log {log.CategoryName}: {log.FormattedMessage} {log.Body} {log.Exception}";
            foreach (var (name, value) in log.Attributes ?? [])
                yield return $"log {log.CategoryName}: {name}={value}";
        }
    }
}
