using System.Collections.Frozen;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>
/// A file of logical ids, one a line; empty lines and those with a leading <c>#</c> are left out. Read again whenever its time or length has changed, so
/// that a ward's list can be kept by another program. A file that cannot be read lists nobody. Safe for concurrent use.
/// </summary>
internal sealed class PatientListFile(string path)
{
    private readonly Lock _gate = new();
    private (DateTime Written, long Length) _stamp;
    private FrozenSet<string> _patients = [];

    /// <summary>Whether the file lists the patient, as it is now.</summary>
    public bool Contains(string patientId)
    {
        lock (_gate)
        {
            try
            {
                var file = new FileInfo(path);
                var stamp = (file.LastWriteTimeUtc, file.Length);
                if (stamp != _stamp)
                {
                    _patients = File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToFrozenSet(StringComparer.Ordinal);
                    _stamp = stamp;
                }
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                // Closed rather than as it was: whoever took the file away may have meant to end access.
                (_patients, _stamp) = ([], default);
            }

            return _patients.Contains(patientId);
        }
    }
}
