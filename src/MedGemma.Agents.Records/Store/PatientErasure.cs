using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;

namespace MedGemma.Agents.Records.Store;

/// <summary>Deletes one patient in one transaction.</summary>
internal static class PatientErasure
{
    public static EraseOutcome Erase(StoreConnection store, string patientId, DateTimeOffset now)
    {
        store.Execute("BEGIN IMMEDIATE");
        var wasKnown = store.Scalar<long>("SELECT EXISTS (SELECT 1 FROM patients WHERE id = ?1) OR EXISTS (SELECT 1 FROM resources WHERE patient = ?1)", patientId) == 1;
        if (!wasKnown)
        {
            store.Execute("COMMIT");
            return new EraseOutcome(false, 0, 0);
        }

        var names = NamesOf(store, patientId);
        var own = DocumentsOf(store, patientId);
        var doomed = new HashSet<long>();
        var mentioned = 0L;
        using (var others = store.Query("SELECT seq, type, id, patient, standing, current, json FROM resources WHERE patient IS NULL OR patient <> ?1", patientId))
        {
            while (others.Read())
            {
                var references = new HashSet<string>(StringComparer.Ordinal);
                var json = others.GetFieldValue<byte[]>(6);
                ReferenceScanner.Collect(json, references);
                var mentions = references.Any(reference => IsPatient(reference, patientId, names));
                if (!others.IsDBNull(3))
                {
                    mentioned += mentions && others.GetInt64(5) == 1 ? 1 : 0;
                    own.ExceptWith(references);
                }
                else if (mentions)
                {
                    // Nobody else's: a Group, a Provenance, something whose subject was never resolved.
                    doomed.Add(others.GetInt64(0));
                }
            }
        }

        foreach (var reference in own)
        {
            if (!ResourceKey.TryParse(reference, out var key) || key.Type != "Binary")
                continue;

            using var binaries = store.Query("SELECT seq FROM resources WHERE type = ?1 AND id = ?2 AND patient IS NULL", key.Type, key.Id);
            while (binaries.Read())
                doomed.Add(binaries.GetInt64(0));
        }

        foreach (var seq in doomed)
            store.Execute("DELETE FROM resources WHERE seq = ?1", seq);
        var versions = doomed.Count + store.Execute("DELETE FROM resources WHERE patient = ?1", patientId);
        store.Execute("DELETE FROM patients WHERE id = ?1", patientId);
        store.Execute("DELETE FROM identifiers WHERE patient = ?1", patientId);
        store.Execute("DELETE FROM completeness WHERE patient = ?1", patientId);
        store.Execute("INSERT INTO erasures (erased, versions, scrubbed) VALUES (?1, ?2, 0)", now.ToString("O"), versions);
        store.Execute("COMMIT");
        return new EraseOutcome(true, versions, mentioned);
    }

    /// <summary>Other ways in which references name the patient: the fullUrls of its Patient versions and searches by its identifiers.</summary>
    private static HashSet<string> NamesOf(StoreConnection store, string patientId)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using (var urls = store.Query("SELECT full_url FROM resources WHERE type = 'Patient' AND id = ?1 AND full_url IS NOT NULL", patientId))
        {
            while (urls.Read())
                names.Add(urls.GetString(0));
        }

        using var identifiers = store.Query("SELECT system, value FROM identifiers WHERE patient = ?1", patientId);
        while (identifiers.Read())
        {
            var (system, value) = (identifiers.GetString(0), identifiers.GetString(1));
            names.Add($"Patient?identifier={system}|{value}");
            names.Add($"Patient?identifier={value}");
        }

        return names;
    }

    private static bool IsPatient(string reference, string patientId, HashSet<string> names) =>
        names.Contains(reference)
        || (reference.Contains('?', StringComparison.Ordinal) && names.Contains(Uri.UnescapeDataString(reference)))
        || (ResourceKey.TryParse(reference, out var key) && key == new ResourceKey("Patient", patientId));

    /// <summary>What the patient's resources point at, in any version: their documents are deleted with them when nobody else points there.</summary>
    private static HashSet<string> DocumentsOf(StoreConnection store, string patientId)
    {
        var references = new HashSet<string>(StringComparer.Ordinal);
        using var rows = store.Query("SELECT json FROM resources WHERE patient = ?1", patientId);
        while (rows.Read())
            ReferenceScanner.Collect(rows.GetFieldValue<byte[]>(0), references);

        references.RemoveWhere(static reference => !reference.Contains("Binary/", StringComparison.Ordinal));
        return references;
    }
}
