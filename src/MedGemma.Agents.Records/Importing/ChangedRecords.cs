using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;

namespace MedGemma.Agents.Records.Importing;

/// <summary>Keeps track of whose records an import touches and changes, and of what is proved about them.</summary>
internal sealed class ChangedRecords
{
    private readonly StoreConnection _store;
    private HashSet<(string Patient, string Type)> _changed = [];
    private HashSet<(string Patient, string Type)>? _changedBefore;
    private bool _supporting;
    private bool _supportingBefore;
    private string? _lastTouched;

    public ChangedRecords(StoreConnection store)
    {
        _store = store;
        _store.Execute("CREATE TEMP TABLE touched (patient TEXT PRIMARY KEY) WITHOUT ROWID");
    }

    /// <summary>The import had something of the patient's, new or not.</summary>
    public void Touch(string patient)
    {
        if (patient == _lastTouched)
            return;

        _store.Execute("INSERT OR IGNORE INTO touched VALUES (?1)", patient);
        _lastTouched = patient;
    }

    /// <summary>The patient's resources of a type are no longer what they were.</summary>
    public void Add(string patient, string type)
    {
        Touch(patient);
        _changed.Add((patient, type));
    }

    public void AddSupporting() => _supporting = true;

    public void BeginBundle()
    {
        (_changedBefore, _changed) = (_changed, []);
        _supportingBefore = _supporting;
        _lastTouched = null;
    }

    public void EndBundle(bool isWhole)
    {
        if (isWhole)
            _changed.UnionWith(_changedBefore!);
        else
            (_changed, _supporting) = (_changedBefore!, _supportingBefore);

        _changedBefore = null;
        _lastTouched = null;
    }

    /// <summary>
    /// Gives every changed record a new change number. What an earlier import vouched for no longer holds for a type that has changed since:
    /// more may be missing, and this import has not come to its end.
    /// </summary>
    public void Publish()
    {
        if (_changed.Count == 0 && !_supporting)
            return;

        var change = NextChange();
        foreach (var patient in _changed.Select(static change => change.Patient).Distinct(StringComparer.Ordinal))
            _store.Execute("INSERT INTO patients (id, change) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET change = ?2", patient, change);

        foreach (var (patient, type) in _changed)
        {
            _store.Execute(
                """
                INSERT INTO completeness SELECT ?1, ?2, 0 WHERE EXISTS (SELECT 1 FROM completeness WHERE patient = ?1 AND complete = 1 AND type IN (?2, '*'))
                ON CONFLICT (patient, type) DO UPDATE SET complete = 0
                """,
                patient,
                type);
        }

        if (_supporting)
            _store.Execute("UPDATE facts SET value = ?1 WHERE name = 'supporting'", change);
        _changed.Clear();
        _supporting = false;
    }

    /// <summary>Writes down what is proved of every patient that was touched.</summary>
    public void Declare(CompleteTypes complete, IReadOnlySet<string> lost, bool lostUnknown)
    {
        Publish();
        const string Touched = "patient IN (SELECT patient FROM touched)";
        if (lostUnknown)
            _store.Execute($"DELETE FROM completeness WHERE {Touched}");

        if (complete.All)
        {
            _store.Execute($"DELETE FROM completeness WHERE {Touched}");
            DeclareType("*", true);
        }

        foreach (var type in complete.Types)
            DeclareType(type, true);
        foreach (var type in lost)
            DeclareType(type, false);
        if (complete.All || complete.Types.Count > 0 || lost.Count > 0 || lostUnknown)
            _store.Execute("UPDATE patients SET change = ?1 WHERE id IN (SELECT patient FROM touched)", NextChange());
    }

    private void DeclareType(string type, bool isComplete) =>
        _store.Execute(
            "INSERT INTO completeness SELECT patient, ?1, ?2 FROM touched WHERE true ON CONFLICT (patient, type) DO UPDATE SET complete = ?2", type, isComplete ? 1 : 0);

    private long NextChange() => _store.Scalar<long>("UPDATE facts SET value = value + 1 WHERE name = 'change' RETURNING value");
}
