namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>Body of <c>POST /sessions/{id}/turns/{n}/report-wrong</c>.</summary>
/// <param name="Comment">What is wrong; may be left out.</param>
internal sealed record ReportWrongRequest(string? Comment);
