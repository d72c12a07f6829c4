using System.Security.Cryptography;
using System.Text;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Sessions.Records;

/// <summary>Reads, builds and measures one record.</summary>
internal sealed class RecordLoader(IRecordBuilder builder, double memoryFactor)
{
    public async Task<CachedRecord?> LoadAsync(NamedRecordSource source, string patientId, CancellationToken cancellationToken)
    {
        // Taken before the read: a change in between makes the next check reload instead of being missed.
        var token = await source.Source.GetChangeTokenAsync(patientId, cancellationToken).ConfigureAwait(false);
        var raw = await source.Source.ReadAsync(patientId, cancellationToken).ConfigureAwait(false);
        if (raw is null)
            return null;

        if (raw.Patient.Id != patientId)
            throw new InvalidDataException("The record source gave another patient than the one asked for.");

        var bytes = raw.Resources.Sum(resource => (long)resource.Json.Length) + raw.Supporting.Sum(resource => (long)resource.Json.Length);
        var record = builder.Build(raw);
        if (record.Patient.Key.Id != patientId)
            throw new InvalidDataException("The record that was built is of another patient than the one asked for.");

        return new CachedRecord(record, token, ComputeDigest(record), ComputeContent(record, raw), (long)(bytes * memoryFactor));
    }

    /// <summary>The digest of what a record was built from.</summary>
    /// <param name="record">The record.</param>
    /// <param name="raw">What it was built from; of a resource that was supplied twice the one that was taken counts.</param>
    public static string ComputeContent(PatientRecord record, RawRecord raw)
    {
        var taken = record.Resources.Concat(record.Supporting).Select(resource => new ResourceVersion(resource.Key, resource.Version)).ToHashSet();
        var bytes = new Dictionary<ResourceVersion, ReadOnlyMemory<byte>>(taken.Count);
        foreach (var resource in raw.Resources.Concat(raw.Supporting))
        {
            if (new ResourceVersion(resource.Key, resource.Version) is var version && taken.Contains(version))
                bytes[version] = resource.Json;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (line, json) in bytes.Select(pair => (Line: $"{pair.Key.Key} {pair.Key.Version} {pair.Value.Length}\n", pair.Value)).OrderBy(pair => pair.Line, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
            hash.AppendData(json.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The digest of the versions of the patient's own resources.</summary>
    public static string ComputeDigest(PatientRecord record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in record.Resources.Select(resource => $"{resource.Key} {resource.Version}\n").Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(line));

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
