namespace MedGemma.Agents.Sessions.Replay;

/// <summary>Where two runs of a turn part.</summary>
/// <param name="Where">Which part: <c>agent chart-planner: hash</c>, <c>call 2 of chart-planner: output</c>, <c>answer.claims[0].text</c>.</param>
/// <param name="Stored">What the turn has.</param>
/// <param name="Now">What came now.</param>
public sealed record ReplayDifference(string Where, string Stored, string Now);
