using System.Collections.Concurrent;
using System.Text;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>Patients in memory, each with a version that a test raises and reads that a test can hold back.</summary>
internal sealed class FakeRecordSource : IRecordSource
{
    private readonly ConcurrentDictionary<string, int> _versions = new();

    public int Reads => _reads;

    public Task Gate { get; set; } = Task.CompletedTask;

    public int PaddingBytes { get; set; }

    private int _reads;

    public void Put(string patientId, int version = 1) => _versions[patientId] = version;

    public void Forget(string patientId) => _versions.TryRemove(patientId, out _);

    public async Task<RawRecord?> ReadAsync(string patientId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        await Gate.WaitAsync(cancellationToken);
        if (!_versions.TryGetValue(patientId, out var version))
            return null;

        var key = new ResourceKey("Patient", patientId);
        var json = Encoding.UTF8.GetBytes($$"""{"resourceType":"Patient","id":"{{patientId}}","pad":"{{new string('x', PaddingBytes)}}"}""");
        var receipt = new Receipt("fake", DateTimeOffset.UnixEpoch, new Dictionary<string, TypeReceipt>(), AllComplete: true);
        return new RawRecord(key, [new RawResource(key, $"v{version}", json, null, null)], [], receipt);
    }

    public Task<string> GetChangeTokenAsync(string patientId, CancellationToken cancellationToken) =>
        Task.FromResult(_versions.TryGetValue(patientId, out var version) ? $"t{version}" : "absent");

    public Task<IReadOnlyList<PatientMatch>> FindPatientsAsync(string text, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PatientMatch>>([.. _versions.Keys.Order().Take(limit).Select(id => new PatientMatch(id, null, null, null, []))]);
}
