namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>What scripted models write.</summary>
internal static class Scripts
{
    public const string Done = """{"next":"answer"}""";

    public const string LatestCreatinine = """
        {"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["laboratory-result"],"concepts":["creatinine"]},"aggregate":{"kind":"latest"}}}]}
        """;

    public const string MeanCreatinine = """
        {"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["laboratory-result"],"concepts":["creatinine"],"window":{"year":2025}},"aggregate":{"kind":"statistic","statistic":"mean"}}}]}
        """;

    public const string Warfarin = """
        {"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["medication-request"],"concepts":["warfarin"]},"aggregate":{"kind":"list"}}}]}
        """;

    public const string CreatinineClaim = """{"claims":[{"text":"The latest Creatinine [Mass/volume] in Serum or Plasma is 1.90 mg/dL, of 2025-07-22.","evidence":["r1.1"]}]}""";

    public const string MeanClaim = """{"claims":[{"text":"The average Creatinine [Mass/volume] in Serum or Plasma was 1.885 mg/dL over 2 values in 2025.","evidence":["r1"]}]}""";

    public static string Claim(string text, params string[] evidence) =>
        System.Text.Json.JsonSerializer.Serialize(new { claims = new[] { new { text, evidence } } });
}
