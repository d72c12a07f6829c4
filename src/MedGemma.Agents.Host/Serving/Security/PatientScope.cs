using System.Collections.Frozen;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>The patients that a user may open: every one, or listed ones. Safe for concurrent use.</summary>
internal sealed class PatientScope
{
    private readonly bool _isEveryPatient;
    private readonly FrozenSet<string> _listed;
    private readonly PatientListFile? _file;

    private PatientScope(bool isEveryPatient, IEnumerable<string> listed, PatientListFile? file)
    {
        _isEveryPatient = isEveryPatient;
        _listed = listed.ToFrozenSet(StringComparer.Ordinal);
        _file = file;
    }

    /// <summary>Every patient of the source.</summary>
    public static PatientScope EveryPatient { get; } = new(true, [], null);

    /// <summary>What a key's options say.</summary>
    public static PatientScope Of(ApiKeyOptions key) => new(
        key.Patients.Contains(ApiKeyOptions.EveryPatient),
        key.Patients,
        key.PatientsFile is { Length: > 0 } path ? new PatientListFile(path) : null);

    /// <summary>Whether the patient is among them, now.</summary>
    public bool Contains(string patientId) => _isEveryPatient || _listed.Contains(patientId) || (_file?.Contains(patientId) ?? false);
}
