using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>Patients in memory, each with a version that a test raises and reads that a test can hold back.</summary>
internal sealed class FakeRecordSource : IVersionedRecordSource
{
    private readonly ConcurrentDictionary<string, int> _versions = new();

    public int Reads => _reads;

    public Task Gate { get; set; } = Task.CompletedTask;

    public int PaddingBytes { get; set; }

    /// <summary>Most reads that were under way together.</summary>
    public int MostReadsAtOnce { get; private set; }

    private readonly Lock _lock = new();
    private readonly Dictionary<int, TaskCompletionSource> _reached = [];
    private int _reads;
    private int _reading;

    /// <summary>Done when so many reads have begun.</summary>
    public Task ReadsReach(int reads)
    {
        lock (_lock)
        {
            if (_reads >= reads)
                return Task.CompletedTask;
            if (!_reached.TryGetValue(reads, out var reached))
                _reached[reads] = reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return reached.Task;
        }
    }

    public void Put(string patientId, int version = 1) => _versions[patientId] = version;

    public void Forget(string patientId) => _versions.TryRemove(patientId, out _);

    public async Task<RawRecord?> ReadAsync(string patientId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _reads++;
            MostReadsAtOnce = Math.Max(MostReadsAtOnce, ++_reading);
            if (_reached.Remove(_reads, out var reached))
                reached.SetResult();
        }

        try
        {
            await Gate.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
                _reading--;
        }

        if (!_versions.TryGetValue(patientId, out var version))
            return null;

        var receipt = new Receipt("fake", DateTimeOffset.UnixEpoch, new Dictionary<string, TypeReceipt>(), AllComplete: true);
        return new RawRecord(new ResourceKey("Patient", patientId), [Version(patientId, version)], [], receipt);
    }

    /// <summary>Whether versions that are not the newest can still be read.</summary>
    public bool KeepsVersions { get; set; } = true;

    public Task<IReadOnlyList<RawResource>> ReadVersionsAsync(IReadOnlyCollection<ResourceVersion> versions, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RawResource>>(KeepsVersions ? [.. versions.Select(version => Version(version.Key.Id, int.Parse(version.Version[1..], CultureInfo.InvariantCulture)))] : []);

    private RawResource Version(string patientId, int version)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"resourceType":"Patient","id":"{{patientId}}","pad":"{{new string('x', PaddingBytes)}}"}""");
        return new RawResource(new ResourceKey("Patient", patientId), $"v{version}", json, null, null);
    }

    public Task<string> GetChangeTokenAsync(string patientId, CancellationToken cancellationToken) =>
        Task.FromResult(_versions.TryGetValue(patientId, out var version) ? $"t{version}" : "absent");

    public Task<IReadOnlyList<PatientMatch>> FindPatientsAsync(string text, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PatientMatch>>([.. _versions.Keys.Order().Take(limit).Select(id => new PatientMatch(id, null, null, null, []))]);
}
