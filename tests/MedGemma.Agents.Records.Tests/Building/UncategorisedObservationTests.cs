using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Tests.Building;

public sealed class UncategorisedObservationTests
{
    [Theory]
    [InlineData("", """{"coding":[{"system":"http://loinc.org","code":"4548-4"}]}""", RecordKind.LaboratoryResult)]
    [InlineData("exam", """{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}]}""", RecordKind.LaboratoryResult)]
    [InlineData("local-chemistry", """{"coding":[{"system":"urn:local","code":"77","display":"Creatinine"}]}""", RecordKind.LaboratoryResult)]
    [InlineData("", """{"text":"Serum sodium"}""", RecordKind.LaboratoryResult)]
    [InlineData("exam", """{"coding":[{"system":"http://loinc.org","code":"29463-7"}]}""", RecordKind.VitalSign)]
    [InlineData("", """{"coding":[{"system":"http://loinc.org","code":"85354-9"}]}""", RecordKind.VitalSign)]
    [InlineData("", """{"coding":[{"system":"http://loinc.org","code":"72166-2"}]}""", RecordKind.SocialHistory)]
    [InlineData("survey", """{"coding":[{"system":"http://loinc.org","code":"29463-7"}]}""")]
    [InlineData("", """{"coding":[{"system":"urn:local","code":"77","display":"Mood"}]}""")]
    public void One_without_a_telling_category_is_what_its_code_or_name_says(string category, string code, params RecordKind[] expected) =>
        Assert.Equal([RecordKind.Observation, .. expected], RawRecords.BuildOne(Observation("o", category, code)).Kinds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_is_what_others_of_its_code_are_wherever_they_stand(bool before)
    {
        const string Local = """{"coding":[{"system":"urn:local","code":"77","display":"Zorgonium"}]}""";
        string[] others = [Observation("other", "laboratory", Local), Observation("third", "", """{"coding":[{"system":"urn:local","code":"78","display":"Mood"}]}""")];
        var one = Observation("o", "", Local);

        var record = RawRecords.Build(before ? [.. others, one] : [one, .. others]);

        Assert.Equal(["o", "other"], record.OfKind(RecordKind.LaboratoryResult).Select(resource => resource.Key.Id).Order(StringComparer.Ordinal));
        Assert.True(record.TryFollow("Observation/o", out var followed) && followed.Kinds.Contains(RecordKind.LaboratoryResult));
        Assert.True(record.TryFollow("Observation/third", out var third) && third.Kinds is [RecordKind.Observation]);
    }

    private static string Observation(string id, string category, string code) =>
        "{\"resourceType\":\"Observation\",\"id\":\"" + id + "\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/p\"},\"valueQuantity\":{\"value\":1},"
        + (category.Length == 0 ? "" : "\"category\":[{\"coding\":[{\"code\":\"" + category + "\"}]}],") + "\"code\":" + code + "}";
}
