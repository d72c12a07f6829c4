using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Concepts.Routes;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Status;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>The conditions of one selection other than its time, cheapest first.</summary>
internal sealed class FindingFilters
{
    private readonly PatientRecord _record;
    private readonly RecordIndex _index;
    private readonly RecordSelection _selection;
    private readonly IConceptResolver _resolver;
    private ViaNames? _via;
    private readonly QueryContext _context;
    private readonly HashSet<RecordKind> _kinds;
    private readonly bool _isNamed;
    private readonly HashSet<ResourceKey>? _encounters;
    private readonly ValueComparer? _comparer;
    private readonly Setting? _setting;
    private readonly HashSet<string> _decisive = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _unknown = new(StringComparer.Ordinal);
    private readonly HashSet<string> _openThen = new(StringComparer.OrdinalIgnoreCase);

    public FindingFilters(PatientRecord record, RecordIndex index, RecordSelection selection, IConceptResolver resolver, IUnitConverter units, QueryContext context)
    {
        _record = record;
        _index = index;
        _selection = selection;
        _resolver = resolver;
        _context = context;
        _kinds = [.. selection.Kinds];
        _isNamed = selection.Concepts.Count + selection.Codes.Count > 0;
        _comparer = selection.Value is { } value ? new ValueComparer(value, units, context) : null;
        _setting = selection.Setting.Count > 0 ? new Setting(index, selection.Setting, context) : null;
        if (selection.Encounter is not { } reference)
            return;

        if (ResourceKey.TryParse(reference, out var encounter) && record.TryFollow(encounter.ToString(), out var found) && found.Key.Type == "Encounter")
            _encounters = selection.WithoutParts ? [found.Key] : index.WithParts(found.Key);
        else
            Problem = new QueryProblem("undetermined", "The encounter is not in the record; name one as Encounter/id.");
    }

    /// <summary>Why the conditions cannot be applied, or null.</summary>
    public QueryProblem? Problem { get; }

    /// <summary>A panel with a value condition is judged by its components.</summary>
    public IEnumerable<Finding> Expand(Finding finding)
    {
        // One member of a care team is asked for by the role, one of the people to contact by how he is related.
        var members = (_selection.Where, finding) switch
        {
            ({ Element: ResultElement.Role }, { Part: < 0, Resource.Key.Type: "CareTeam" }) => Parts(finding, "participant"),
            ({ Element: ResultElement.ContactRelationship, Words.Count: > 0 }, { Part: < 0, Resource.Key.Type: "Patient" }) => Parts(finding, "contact"),
            _ => null,
        };
        if (members is not null)
            return members.Count > 0 ? members : [finding];

        if (_comparer is null || finding.Part >= 0 || finding.Resource.Key.Type != "Observation")
            return [finding];

        var at = ElementCursor.Of(finding.Resource);
        if (at.TryChoice("value", out _, out _))
            return [finding];

        var components = at.Children("component").Select((_, index) => finding with { Part = index }).ToList();
        return components.Count > 0 ? components : [finding];
    }

    private List<Finding> Parts(Finding finding, string element)
    {
        var where = _selection.Where!;
        return [.. ElementCursor.Of(finding.Resource).Children(element).Select((_, index) => finding with { Part = index })
            .Where(part => ElementReader.Read(_record, part, where.Element, _context).Any(value => where.Words.Any(word => value.Value.GetString()!.Contains(word, StringComparison.OrdinalIgnoreCase))))];
    }

    /// <summary>Whether the finding is taken; what cannot be decided is remembered for the report.</summary>
    public bool Admit(Finding finding)
    {
        if (!IsOf(finding, countUnknown: true))
            return false;
        if (_comparer is null)
            return true;

        var decision = _comparer.Decide(finding);
        if (decision == Admission.Unknown)
            Remember(_selection.Value!.Comparison is ValueComparison.Abnormal or ValueComparison.Normal or ValueComparison.AboveRange or ValueComparison.BelowRange
                ? "without a reference range or interpretation of their own"
                : "whose value cannot be compared with the bound");
        return decision == Admission.Yes;
    }

    /// <summary>Whether the selection names the very status that keeps the finding from counting; what was entered in error is never asked for.</summary>
    public bool AsksForThatNeverCounts(Finding finding) =>
        !finding.Resource.Labels.Contains("entered in error")
        && ((_selection.Verifications.Contains("refuted", StringComparer.OrdinalIgnoreCase) && finding.Resource.Labels.Contains("refuted"))
            || (finding.Resource.Status is { } status && _selection.Statuses.Contains(status, StringComparer.OrdinalIgnoreCase) && StatusTable.Judge(finding.Resource.Key.Type, "status", status).Standing == Standing.NeverCounts));

    /// <summary>Whether every condition but that on the value holds.</summary>
    public bool IsOf(Finding finding) => IsOf(finding, countUnknown: false);

    /// <summary>Whether every condition but those on the value and the encounter holds.</summary>
    public bool IsOfAnyEncounter(Finding finding) => IsOf(finding, countUnknown: false, anyEncounter: true);

    /// <summary>Says what could not be decided.</summary>
    public void Report(Selected selected)
    {
        foreach (var (reason, count) in _unknown)
        {
            selected.Notes.Add($"Left out: {count} {reason}.");
            if (_decisive.Contains(reason))
                selected.Undetermined ??= $"There are {count} {reason}, so absence is not proved.";
            if (_selection.Route is not null || _selection.Where is not null)
                selected.Incomplete ??= $"There are {count} {reason}, so those that were meant cannot be counted.";
        }

        // Who takes a medicine by one order takes it, whatever became of another.
        _openThen.ExceptWith(selected.Findings.Select(NameOf));
        if (_openThen.Count > 0)
            selected.Incomplete = $"Of {_openThen.Count} other medicine{(_openThen.Count == 1 ? "" : "s")} the record does not say whether they were still being taken then, so they cannot be counted; ask for one by its name.";
    }

    private bool IsOf(Finding finding, bool countUnknown, bool anyEncounter = false)
    {
        if (!IsOfKind(finding) || !HasCode(finding))
            return false;

        return Holds(HasCategory(finding.Resource), countUnknown, "without a recorded category")
            && Holds(HasStatus(finding.Resource), countUnknown, "without a recorded status")
            && Holds(IsVerified(finding.Resource), countUnknown, "without a recorded verification status")
            && (anyEncounter || Holds(InEncounter(finding.Resource), countUnknown, "without an encounter"))
            && (_setting is null || Holds(_setting.Holds(finding), countUnknown, "of which it is not recorded where it was"))
            && Holds(HasRoute(finding.Resource), countUnknown, "whose route is not recorded, or not clearly")
            && Holds(CameVia(finding), countUnknown, "that do not say it (admission source, location, specimen or relationship)", ViaWords.IsBroken(_record, finding) || AlwaysCameBySomething(finding))
            && Holds(HasNoteText(finding.Resource), countUnknown, "whose text was not supplied or could not be read")
            && SaysNothingOf(finding)
            && (!_selection.CurrentInWindow || Holds(WasTaken(finding), countUnknown, "whose state at that time is not determined"))
            && (!_selection.CurrentOnly || Holds(CurrentState.Of(finding, _record, _index, _context).Admission, countUnknown, "whose state at that time is not determined"))
            && Holds(SaysWhere(finding), countUnknown, $"without a recorded {string.Concat($"{_selection.Where?.Element}".Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")).TrimStart()}");
    }

    private Admission WasTaken(Finding finding)
    {
        var state = CurrentState.During(finding, _selection.Window!, _index, _context).Admission;
        if (state == Admission.Unknown)
            _openThen.Add(NameOf(finding));
        return state;
    }

    private Admission SaysWhere(Finding finding)
    {
        if (_selection.Where is not { } where)
            return Admission.Yes;

        var values = ElementReader.Read(_record, finding, where.Element, _context).Select(value => value.Value.ToString()).ToList();
        return where.Words.Count == 0 ? (values.Count > 0 ? Admission.Yes : Admission.No)
            : values.Exists(value => where.Words.Any(words => WholeWords.Contain(value, words))) ? Admission.Yes
            : values.Count == 0 ? Admission.Unknown : Admission.No;
    }

    private bool SaysNothingOf(Finding finding) =>
        _selection.WhereNot is not { } not || !ElementReader.Read(_record, finding, not.Element, _context).Select(value => value.Value.ToString()).Any(value => not.Words.Any(words => WholeWords.Contain(value, words)));

    private string NameOf(Finding finding) => ElementReader.LabelOf(_record, finding) ?? "";

    private bool Holds(Admission admission, bool countUnknown, string reason, bool isDecisive = true)
    {
        if (admission == Admission.Unknown && countUnknown)
            Remember(reason, isDecisive);
        return admission == Admission.Yes;
    }

    private void Remember(string reason, bool isDecisive = true)
    {
        _unknown[reason] = _unknown.GetValueOrDefault(reason) + 1;
        if (isDecisive)
            _decisive.Add(reason);
    }

    private bool IsOfKind(Finding finding)
    {
        if (finding.Part >= 0 && finding.Resource.Key.Type == "Encounter")
            return _kinds.Contains(RecordKind.CareUnit) || (_kinds.Contains(RecordKind.IcuStay) && IntensiveCareUnits.Is(_record, finding));
        if (_kinds.Contains(RecordKind.Any))
            return true;

        foreach (var kind in finding.Resource.Kinds)
        {
            if (kind != RecordKind.CareUnit && _kinds.Contains(kind))
                return true;
        }

        // What nothing places may be what it is called, whatever kind is asked for by that name.
        if (_isNamed && MeasuredKinds.MayBe(finding.Resource.Kinds, _kinds))
            return true;

        return finding.Resource.Key.Type == "Patient" && _kinds.Contains(RecordKind.Patient);
    }

    private bool HasCode(Finding finding)
    {
        if (_selection.Codes.Count == 0)
            return true;

        var codings = finding.Part >= 0 && ElementReader.ComponentOf(ElementCursor.Of(finding.Resource), finding) is { } component
            ? component.Descend("code", "coding").Select(coding => (
                System: coding.TryChild("system", out var system) ? system.Text : null,
                Code: coding.TryChild("code", out var code) ? code.Text : null))
            : finding.Resource.Concept?.Codings.Select(coding => (coding.System, coding.Code)) ?? [];
        return codings.Any(coding => _selection.Codes.Any(code => Matches(code, coding.System, coding.Code)));
    }

    private static bool Matches(string wanted, string? system, string? code)
    {
        var bar = wanted.LastIndexOf('|');
        return string.Equals(wanted[(bar + 1)..], code, StringComparison.OrdinalIgnoreCase) && (bar < 0 || wanted[..bar] == system);
    }

    // An allergy or a report without a category may be of any.
    private Admission HasCategory(RecordResource resource) =>
        _selection.Categories.Count == 0 ? Admission.Yes
        : resource.Categories.Any(category => _selection.Categories.Any(wanted => ReportCategories.Is(wanted, category))) ? Admission.Yes
        : resource.Key.Type is "AllergyIntolerance" or "DiagnosticReport" && !resource.Categories.Any() ? Admission.Unknown : Admission.No;

    private Admission HasStatus(RecordResource resource) =>
        _selection.Statuses.Count == 0 ? Admission.Yes
        : resource.Status is not { } status ? Admission.Unknown
        : _selection.Statuses.Contains(status, StringComparer.OrdinalIgnoreCase) ? Admission.Yes : Admission.No;

    private Admission IsVerified(RecordResource resource)
    {
        if (_selection.Verifications.Count == 0)
            return Admission.Yes;

        var codes = ElementCursor.Of(resource).Descend("verificationStatus", "coding", "code").Select(code => code.Text).OfType<string>().ToList();
        return codes.Count == 0 ? Admission.Unknown : codes.Exists(code => _selection.Verifications.Contains(code, StringComparer.OrdinalIgnoreCase)) ? Admission.Yes : Admission.No;
    }

    private Admission InEncounter(RecordResource resource)
    {
        if (_encounters is null)
            return Admission.Yes;
        if (resource.Key.Type == "Encounter")
            return _encounters.Contains(resource.Key) ? Admission.Yes : Admission.No;

        return resource.Encounter is not { } encounter ? Admission.Unknown : _encounters.Contains(encounter) ? Admission.Yes : Admission.No;
    }

    private Admission HasRoute(RecordResource resource)
    {
        if (_selection.Route is not { } route)
            return Admission.Yes;

        var same = DosageElements.RouteConcepts(ElementCursor.Of(resource)).Select(concept => RouteNames.Are(route, CodeableConcepts.Names(concept))).ToList();
        return same.Contains(true) ? Admission.Yes : same.Count == 0 || same.Contains(null) ? Admission.Unknown : Admission.No;
    }

    private Admission CameVia(Finding finding)
    {
        if (_selection.Via is not { } via)
            return Admission.Yes;

        _via ??= new ViaNames(via, _record, _resolver);
        return _via.Decide(ViaWords.Of(_record, finding));
    }

    // A culture was made of something and a relative is related somehow, whether or not it is said; an admission without a source may have none.
    private static bool AlwaysCameBySomething(Finding finding) =>
        finding.Resource.Kinds.Any(kind => kind is RecordKind.Susceptibility or RecordKind.Organism or RecordKind.MicrobiologyTest or RecordKind.FamilyHistory);

    private Admission HasNoteText(RecordResource resource)
    {
        if (_selection.NoteText is not { } words)
            return Admission.Yes;

        var at = ElementCursor.Of(resource);
        var texts = TextElements.Read(_record, at, _context).Select(value => value.Value.GetString()).OfType<string>().ToList();
        return texts.Exists(text => NoteSearch.Contains(text, words)) ? Admission.Yes
            : texts.Count == 0 || TextElements.Unread(_record, at).Any() ? Admission.Unknown : Admission.No;
    }
}
