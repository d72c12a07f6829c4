using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;

namespace MedGemma.Agents.Records.Sources;

/// <summary>Answers straight from files, read once and kept in memory. Immutable once open; safe for concurrent use.</summary>
public sealed class FileRecordSource : IRecordSource
{
    private readonly Dictionary<string, List<RawResource>> _byPatient;
    private readonly Dictionary<string, RawResource> _supporting;
    private readonly List<PatientDetails> _patients;
    private readonly CompleteTypes _complete;
    private readonly IReadOnlySet<string> _lost;
    private readonly DateTimeOffset _readAt;

    private FileRecordSource(FileRecordLoader loaded, CompleteTypes complete, IReadOnlySet<string> lost, DateTimeOffset readAt)
    {
        _byPatient = loaded.ByPatient;
        _supporting = loaded.Supporting;
        _patients = loaded.Patients;
        Problems = loaded.Problems;
        _complete = complete;
        _lost = lost;
        _readAt = readAt;
    }

    /// <summary>What could not be read or taken, in reading order.</summary>
    public IReadOnlyList<ReadProblem> Problems { get; }

    /// <summary>Reads files and folders.</summary>
    /// <param name="paths">FHIR R4 Bundles, NDJSON, single resources, each also gzip, and folders of them.</param>
    /// <param name="complete">What the caller vouches for; a <c>manifest.json</c> beside the files may vouch for more.</param>
    /// <param name="options">Limits of the reading.</param>
    /// <param name="timeProvider">The clock for the receipt.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<FileRecordSource> OpenAsync(
        IEnumerable<string> paths, CompleteTypes complete, ResourceReaderOptions options, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        return Task.Run(
            () =>
            {
                var files = ResourceFiles.Find(paths);
                var supply = new Supply(files, complete);
                var loader = new FileRecordLoader(supply);
                foreach (var item in new ResourceReader(options).Read(files, cancellationToken))
                    loader.Take(item);

                loader.Finish();
                var proved = supply.Prove(loader.Problems);
                return new FileRecordSource(loader, proved, supply.Lost, timeProvider.GetUtcNow());
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RawRecord?> ReadAsync(string patientId, CancellationToken cancellationToken)
    {
        if (!_byPatient.TryGetValue(patientId, out var resources) || !resources.Exists(resource => resource.Key == new ResourceKey("Patient", patientId)))
            return Task.FromResult<RawRecord?>(null);

        var (own, secured) = SupportingResources.Divide(resources);
        var supporting = SupportingResources.Follow(own, reference => _supporting.GetValueOrDefault(reference));
        var receipt = Supply.Receipt("files", _readAt, _complete, own.Select(static resource => resource.Key.Type), _lost);
        return Task.FromResult<RawRecord?>(new RawRecord(new ResourceKey("Patient", patientId), own, [.. supporting, .. secured], receipt));
    }

    /// <inheritdoc/>
    /// <remarks>Always the same: what was read once does not change.</remarks>
    public Task<string> GetChangeTokenAsync(string patientId, CancellationToken cancellationToken) => Task.FromResult("read once");

    /// <inheritdoc/>
    public Task<IReadOnlyList<PatientMatch>> FindPatientsAsync(string text, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var wanted = text.Trim().ToLowerInvariant();
        return Task.FromResult<IReadOnlyList<PatientMatch>>(
        [
            .. _patients.Where(patient => patient.SearchText.Contains(wanted, StringComparison.Ordinal))
                .OrderBy(static patient => patient.Match.Id, StringComparer.Ordinal).Take(limit).Select(static patient => patient.Match),
        ]);
    }
}
