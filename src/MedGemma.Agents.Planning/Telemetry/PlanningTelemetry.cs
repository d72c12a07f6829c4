namespace MedGemma.Agents.Planning.Telemetry;

/// <summary>Names of the spans and tags of planning. Their values are words of closed sets, never of a patient or user.</summary>
public static class PlanningTelemetry
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "MedGemma.Agents.Planning";

    /// <summary>Span of one call of a tool.</summary>
    public const string ToolSpan = "medgemma.tool";

    /// <summary>Tag: name of the tool.</summary>
    public const string Tool = "medgemma.tool.name";

    /// <summary>Tag: <c>queried</c>, <c>explained</c>, or what kind of failure it was.</summary>
    public const string ToolOutcome = "medgemma.tool.outcome";
}
