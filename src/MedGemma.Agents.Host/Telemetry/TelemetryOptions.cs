namespace MedGemma.Agents.Host.Telemetry;

/// <summary>Where telemetry goes; section <c>MedGemma:Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "MedGemma:Telemetry";

    /// <summary>An OTLP collector that takes gRPC.</summary>
    /// <value>A URL, for example <c>http://127.0.0.1:4317</c>; default none: nothing is exported.</value>
    public Uri? OtlpEndpoint { get; set; }
}
