using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Replay;

/// <summary>Makes the record that a turn read again, as it was, of the versions that the session lists and the receipt of the answer. Safe for concurrent use.</summary>
/// <param name="source">Where versions are.</param>
/// <param name="builder">Builds the record.</param>
internal sealed class RecordRebuilder(IRecordSource source, IRecordBuilder builder)
{
    /// <summary>Rebuilds the record of a turn.</summary>
    /// <param name="patientId">The patient.</param>
    /// <param name="turn">The turn's result, with its answer.</param>
    /// <param name="session">The turns of the session, one of which lists the versions.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <returns>The record, or why there is none.</returns>
    public async Task<(PatientRecord? Record, ReplayOutcome? Problem)> RebuildAsync(
        string patientId, TurnResultRow turn, IEnumerable<StoredTurn> session, CancellationToken cancellationToken)
    {
        var kept = KeptRecord.Read(turn.RecordVersions);
        var now = await source.ReadAsync(patientId, cancellationToken).ConfigureAwait(false);
        if (kept?.Content is null)
            return Unchanged(kept, now);

        var listing = kept.Own is not null ? kept : session.Select(stored => KeptRecord.Read(stored.Result?.RecordVersions)).FirstOrDefault(other => other?.Content == kept.Content && other.Own is not null);
        if (listing is null)
            return (null, new ReplayOutcome.VersionsLost(kept.Resources, kept.Resources));

        var (own, supporting) = (KeptRecord.Versions(listing.Own!), KeptRecord.Versions(listing.Supporting ?? []));
        var found = await FindAsync([.. own, .. supporting], now, cancellationToken).ConfigureAwait(false);
        if (own.Concat(supporting).Count(version => !found.ContainsKey(version)) is > 0 and var lost)
            return (null, new ReplayOutcome.VersionsLost(lost, own.Count + supporting.Count));

        using var answer = JsonDocument.Parse(turn.AnswerJson!);
        var raw = new RawRecord(
            new ResourceKey("Patient", patientId),
            own.ConvertAll(version => found[version]),
            supporting.ConvertAll(version => found[version]),
            AnswerJson.ReadReceipt(answer.RootElement) ?? throw new InvalidDataException("A stored answer has no receipt."));
        var record = builder.Build(raw);
        return RecordLoader.ComputeContent(record, raw) == kept.Content ? (record, null) : (null, new ReplayOutcome.Rewritten());
    }

    /// <summary>A turn of before versions were kept can be run again for as long as nothing has changed.</summary>
    private (PatientRecord?, ReplayOutcome?) Unchanged(KeptRecord? kept, RawRecord? now)
    {
        var record = now is null ? null : builder.Build(now);
        var digest = record is null ? null : RecordLoader.ComputeDigest(record);
        return digest is not null && digest == kept?.Sha256 ? (record, null) : (null, new ReplayOutcome.RecordChanged(kept?.Sha256, digest));
    }

    private async Task<Dictionary<ResourceVersion, RawResource>> FindAsync(List<ResourceVersion> wanted, RawRecord? now, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ResourceVersion, RawResource>();
        if (now is not null)
        {
            foreach (var resource in now.Resources.Concat(now.Supporting))
                found[new ResourceVersion(resource.Key, resource.Version)] = resource;
        }

        if (source is IVersionedRecordSource versioned && wanted.FindAll(version => !found.ContainsKey(version)) is { Count: > 0 } missing)
        {
            foreach (var resource in await versioned.ReadVersionsAsync(missing, cancellationToken).ConfigureAwait(false))
                found[new ResourceVersion(resource.Key, resource.Version)] = resource;
        }

        return found;
    }
}
