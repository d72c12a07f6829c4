using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Writing;

public sealed class BannersTests
{
    private const string Scope = "\"scope\":{\"coding\":[{\"code\":\"patient-privacy\",\"display\":\"Privacy Consent\"}]}";

    private static readonly QueryContext s_now = new(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);

    [Theory]
    [InlineData(Scope + ""","status":"active","policyRule":{"coding":[{"code":"OPTOUT"}]}""", true)]
    [InlineData(Scope + ""","status":"active","provision":{"type":"deny"}""", true)]
    [InlineData(Scope + ""","status":"active","provision":{"type":"permit","provision":[{"type":"deny","purpose":[{"code":"HMARKT"}]}]}""", true)]
    [InlineData(Scope + ""","status":"active","provision":{"type":"permit","securityLabel":[{"code":"R"}]}""", true)]
    [InlineData(Scope + ""","status":"active","provision":{"type":"deny","period":{"start":"2025-01-01","end":"2025-12-31"}}""", false)]
    [InlineData(Scope + ""","status":"active","provision":{"type":"deny","period":{"start":"2026-02-01"}}""", false)]
    [InlineData(Scope + ""","status":"active","dateTime":"2026-02-01","provision":{"type":"deny"}""", false)]
    [InlineData(Scope + ""","status":"inactive","provision":{"type":"deny"}""", false)]
    [InlineData(Scope + ""","status":"rejected","policyRule":{"coding":[{"code":"OPTOUT"}]}""", false)]
    [InlineData(Scope + ""","status":"active","policyRule":{"coding":[{"code":"OPTIN"}]},"provision":{"type":"permit"}""", false)]
    [InlineData("""{"scope":{"coding":[{"code":"research"}]},"status":"active","provision":{"type":"deny"}""", false)]
    [InlineData(Scope + ""","status":"active","provision":["deny"]""", false)]
    public void A_consent_in_force_that_denies_is_said(string consent, bool isSaid)
    {
        var record = HandWrittenRecord.Build(
            [Patient, "{\"resourceType\":\"Consent\",\"id\":\"c\",\"patient\":{\"reference\":\"Patient/" + HandWrittenRecord.Id + "\"}," + consent.TrimStart('{') + "}"]);

        var banners = Banners.Of(record, s_now);

        Assert.Equal(isSaid, banners.Any(banner => banner.StartsWith("A consent in force denies or restricts something", StringComparison.Ordinal) && banner.Contains("Consent/c", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("R", true)]
    [InlineData("V", true)]
    [InlineData("N", false)]
    public void A_restricted_resource_is_said(string label, bool isSaid)
    {
        var record = HandWrittenRecord.Build([Patient, "{\"resourceType\":\"Condition\",\"id\":\"c\",\"meta\":{\"security\":[{\"code\":\"" + label + "\"}]},\"code\":{\"text\":\"Gout\"}," + HandWrittenRecord.Subject + "}"]);

        Assert.Equal(isSaid, Banners.Of(record, s_now).Contains("The record holds resources marked restricted."));
    }

    private static string Patient => $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}"}""";
}
