using System.Globalization;
using MedGemma.Agents.Records.Tests.Building;

namespace MedGemma.Agents.Records.Tests.Model;

public sealed class PatientFactsTests
{
    [Theory]
    [InlineData("\"birthDate\":\"1980-02-29\"", "2019-02-28T12:00:00Z", 38)]
    [InlineData("\"birthDate\":\"1980-02-29\"", "2019-03-01T00:00:00Z", 39)]
    [InlineData("\"birthDate\":\"1980-05-01\"", "2020-04-30T23:59:59Z", 39)]
    [InlineData("\"birthDate\":\"1980-05-01\"", "2020-05-01T00:00:00Z", 40)]
    [InlineData("\"birthDate\":\"1980-05-01\"", "1979-05-01T00:00:00Z", null)]
    [InlineData("\"birthDate\":\"1980\"", "2020-05-01T00:00:00Z", null)]
    [InlineData("\"birthDate\":\"1980-03\"", "2020-05-01T00:00:00Z", 40)]
    [InlineData("\"gender\":\"female\"", "2020-05-01T00:00:00Z", null)]
    [InlineData("\"birthDate\":\"1980-05-01\",\"deceasedDateTime\":\"2010-06-01\"", "2020-05-01T00:00:00Z", 30)]
    [InlineData("\"birthDate\":\"1980-05-01\",\"deceasedBoolean\":true", "2020-05-01T00:00:00Z", null)]
    public void The_age_is_in_completed_years_and_only_when_certain(string elements, string moment, int? age)
    {
        var record = RawRecords.Build("{\"resourceType\":\"Patient\",\"id\":\"p\"," + elements + "}");

        Assert.Equal(age, record.Facts.AgeAt(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), TimeZoneInfo.Utc));
    }

    [Fact]
    public void Links_and_merges_are_kept()
    {
        var record = RawRecords.Build("""{"resourceType":"Patient","id":"p","link":[{"other":{"reference":"Patient/new"},"type":"replaced-by"}]}""");

        Assert.Equal("Patient/new", record.Facts.Successor?.Other);
        Assert.Equal(["Patient/new"], record.Receipt.Elsewhere);
        Assert.False(record.Receipt.IsComplete("AllergyIntolerance"));
        Assert.Equal("Patient/new", Assert.Single(record.Facts.Links).Other);
        Assert.False(record.TryFollow("Patient/new", out _));
    }
}
