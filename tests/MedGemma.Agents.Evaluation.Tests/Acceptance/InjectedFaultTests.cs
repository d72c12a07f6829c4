using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Tests.Suites;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Tests.Acceptance;

public sealed class InjectedFaultTests
{
    [Fact]
    public async Task Missing_pages_leave_half_of_every_type_and_the_receipt_says_so()
    {
        var record = await ReadAsync(InjectedFault.MissingPages);

        Assert.Equal(["Condition/1", "Observation/1", "Observation/2", "Patient/p"], record.Resources.Select(resource => resource.Key.ToString()).Order(StringComparer.Ordinal));
        Assert.False(record.Receipt.IsComplete("Observation"));
        Assert.False(record.Receipt.IsComplete("Immunization"));
        Assert.Equal((2, 4), (record.Receipt.Types["Observation"].Read, record.Receipt.Types["Observation"].Total));
    }

    [Fact]
    public async Task Notes_with_instructions_come_on_top_of_the_chart()
    {
        var record = await ReadAsync(InjectedFault.InstructingNotes);

        Assert.True(record.Resources.Count(resource => resource.Key.Type == "DocumentReference") >= 20);
        Assert.Equal(6, record.Resources.Count(resource => resource.Key.Type != "DocumentReference"));
        Assert.Equal(record.Resources.Count, record.Resources.Select(resource => resource.Key).Distinct().Count());
    }

    [Fact]
    public void A_fault_is_injected_only_where_it_can_touch_something()
    {
        var withPatients = Runs.Of("rr");
        var withModel = withPatients with { Results = [.. withPatients.Results.Select(result => result with { Patient = null, Tokens = new TokenCount(1, 1, 1) })] };

        Assert.Equal([InjectedFault.MissingPages, InjectedFault.InstructingNotes], InjectedFault.All.Where(fault => fault.Touches(withPatients)));
        Assert.Equal([InjectedFault.ModelDown], InjectedFault.All.Where(fault => fault.Touches(withModel)));
    }

    [Fact]
    public async Task Without_a_fault_nothing_changes() => Assert.Equal(6, (await ReadAsync(InjectedFault.None)).Resources.Count);

    private static async Task<RawRecord> ReadAsync(InjectedFault fault) =>
        (await fault.Of(new SixResources()).ReadAsync("p", TestContext.Current.CancellationToken))!;

    private sealed class SixResources : IRecordSource
    {
        public Task<RawRecord?> ReadAsync(string patientId, CancellationToken cancellationToken) => Task.FromResult<RawRecord?>(new RawRecord(
            new ResourceKey("Patient", "p"),
            [.. new[] { "Patient/p", "Observation/1", "Observation/2", "Observation/3", "Observation/4", "Condition/1" }.Select(Resource)],
            [],
            new Receipt("files", DateTimeOffset.UnixEpoch, new Dictionary<string, TypeReceipt>(), AllComplete: true)));

        public Task<string> GetChangeTokenAsync(string patientId, CancellationToken cancellationToken) => Task.FromResult("1");

        public Task<IReadOnlyList<PatientMatch>> FindPatientsAsync(string text, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<PatientMatch>>([]);

        private static RawResource Resource(string reference)
        {
            Assert.True(ResourceKey.TryParse(reference, out var key));
            return new RawResource(key, "1", "{}"u8.ToArray(), null, null);
        }
    }
}
