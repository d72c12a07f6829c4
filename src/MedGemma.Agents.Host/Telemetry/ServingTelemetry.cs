using MedGemma.Agents.Inference.Telemetry;
using MedGemma.Agents.Sessions.Telemetry;

namespace MedGemma.Agents.Host.Telemetry;

/// <summary>Names of what is exported.</summary>
internal static class ServingTelemetry
{
    /// <summary>Name of the service in exported telemetry.</summary>
    public const string ServiceName = "medgemma";

    /// <summary>Sources of spans. Orleans spans carry grain ids as they are, which is why keys of sessions are random.</summary>
    public static readonly string[] SpanSources = [SessionTelemetry.SourceName, InferenceTelemetry.SourceName, "Microsoft.Orleans.Application"];

    /// <summary>Meters.</summary>
    public static readonly string[] Meters =
        [SessionTelemetry.SourceName, InferenceTelemetry.SourceName, "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>Span tag: path of a request, which would carry ids.</summary>
    public const string UrlPath = "url.path";

    /// <summary>Span tag: query of a request.</summary>
    public const string UrlQuery = "url.query";

    /// <summary>Span tag: template of the route that was taken.</summary>
    public const string Route = "http.route";
}
