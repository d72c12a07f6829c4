namespace MedGemma.Agents.Host.Tests.Serving;

internal sealed record ServerSentEvent(string Name, string Data);
