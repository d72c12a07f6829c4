using System.Globalization;
using System.Text;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Tests.Time;

public sealed class RecordClockTests
{
    private static readonly DateTime s_local = new(2180, 8, 10, 16, 0, 0);

    [Fact]
    public void A_time_without_a_zone_takes_the_offset_recorded_nearest_before_it()
    {
        var record = Record("2180-02-01T10:00:00-05:00", "2180-08-01T10:00:00-04:00", "2180-12-01T10:00:00-05:00");

        Assert.Equal(new DateTimeOffset(s_local, TimeSpan.FromHours(-4)), RecordClock.ToInstant(record, s_local, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Before_the_first_entry_the_first_recorded_offset_counts()
    {
        var record = Record("2181-02-01T10:00:00-05:00");

        Assert.Equal(new DateTimeOffset(s_local, TimeSpan.FromHours(-5)), RecordClock.ToInstant(record, s_local, TimeZoneInfo.Utc));
    }

    [Fact]
    public void A_record_without_offsets_takes_the_given_zone()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.Equal(new DateTimeOffset(s_local, TimeSpan.FromHours(2)), RecordClock.ToInstant(Record("2180-02-01"), s_local, zone));
    }

    [Fact]
    public void Z_says_nothing_of_the_clock_on_the_wall()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.Equal(new DateTimeOffset(s_local, TimeSpan.FromHours(2)), RecordClock.ToInstant(Record("2180-08-01T10:00:00Z"), s_local, zone));
        Assert.Equal(
            new DateTimeOffset(s_local, TimeSpan.FromHours(-4)),
            RecordClock.ToInstant(Record("2180-07-01T10:00:00-04:00", "2180-08-01T10:00:00Z"), s_local, zone));
        Assert.Equal(new DateTimeOffset(s_local, TimeSpan.Zero), RecordClock.ToInstant(Record("2180-08-01T10:00:00+00:00"), s_local, zone));
    }

    [Theory]
    [InlineData("2180-02-10T03:00:00Z", "2180-02-09T22:00:00")]
    [InlineData("2180-09-10T03:00:00Z", "2180-09-09T23:00:00")]
    [InlineData("2179-01-01T03:00:00Z", "2178-12-31T22:00:00")]
    public void The_clock_on_the_wall_is_that_of_the_offset_recorded_nearest_before(string instant, string shown)
    {
        var record = Record("2180-02-01T10:00:00-05:00", "2180-03-01T10:00:00-05:00", "2180-08-01T10:00:00-04:00", "2180-12-01T10:00:00-05:00");

        Assert.Equal(DateTime.Parse(shown, CultureInfo.InvariantCulture), RecordClock.ToLocal(record, DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), TimeZoneInfo.Utc));
    }

    private static PatientRecord Record(params string[] times)
    {
        var observations = times.Select((time, index) => Raw(
            new ResourceKey("Observation", $"o{index}"),
            $$"""{"resourceType":"Observation","id":"o{{index}}","status":"final","subject":{"reference":"Patient/p"},"code":{"text":"x"},"effectiveDateTime":"{{time}}"}"""));
        var patient = Raw(new ResourceKey("Patient", "p"), """{"resourceType":"Patient","id":"p"}""");
        var receipt = new Receipt("files", DateTimeOffset.UnixEpoch, new Dictionary<string, TypeReceipt>(), true);
        return new RecordBuilder(TimeZoneInfo.Utc).Build(new RawRecord(patient.Key, [patient, .. observations], [], receipt));
    }

    private static RawResource Raw(ResourceKey key, string json) => new(key, "1", Encoding.UTF8.GetBytes(json), null, null);
}
