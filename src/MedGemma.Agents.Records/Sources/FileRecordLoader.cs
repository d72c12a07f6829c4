using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;

namespace MedGemma.Agents.Records.Sources;

/// <summary>Sorts what a reader supplies by patient.</summary>
internal sealed class FileRecordLoader(Supply supply)
{
    private readonly Dictionary<ResourceKey, Held> _held = [];
    private readonly Dictionary<string, ResourceKey?> _byFullUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _byIdentifier = new(StringComparer.Ordinal);
    private readonly HashSet<string> _disputed = new(StringComparer.Ordinal);
    private List<ReadResource>? _bundle;

    private sealed record Held(ReadResource Read, Dictionary<string, ResourceKey>? Scope);

    public Dictionary<string, List<RawResource>> ByPatient { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RawResource> Supporting { get; } = new(StringComparer.Ordinal);

    public List<PatientDetails> Patients { get; } = [];

    public List<ReadProblem> Problems { get; } = [];

    public void Take(ReadItem item)
    {
        switch (item)
        {
            case ReadProblem problem:
                Report(problem);
                break;
            case BundleBegin:
                _bundle = [];
                break;
            case BundleEnd end:
                if (end.IsWhole)
                    TakeBundle(_bundle ?? []);
                _bundle = null;
                break;
            case ReadResource resource when _bundle is not null:
                _bundle.Add(resource);
                break;
            case ReadResource resource:
                Hold(new Held(resource, null));
                break;
        }
    }

    /// <summary>Finds out whose each resource is, now that everything that could be pointed at is there.</summary>
    public void Finish()
    {
        foreach (var held in _held.Values.Where(static held => held.Read.Resource.Key.Type == "Patient"))
        {
            var details = PatientDetails.Read(held.Read.Resource.Key.Id, held.Read.Resource.Json);
            Patients.Add(details);
            foreach (var (system, value) in details.Identifiers)
            {
                Identify($"{system}|{value}", details.Match.Id);
                Identify(value, details.Match.Id);
            }
        }

        foreach (var held in _held.Values)
            Assign(held);

        // Whose a resource is that refers to an id of two people cannot be told, so that neither may be asked about.
        foreach (var id in _disputed)
            ByPatient.Remove(id);
        Patients.RemoveAll(patient => _disputed.Contains(patient.Match.Id));
        _held.Clear();
    }

    private void TakeBundle(List<ReadResource> bundle)
    {
        var scope = new Dictionary<string, ResourceKey>(StringComparer.Ordinal);
        foreach (var read in bundle)
        {
            if (read.Resource.FullUrl is { } url)
                scope.TryAdd(url, read.Resource.Key);
        }

        foreach (var read in bundle)
            Hold(new Held(read, scope));
    }

    private void Hold(Held held)
    {
        var resource = held.Read.Resource;
        supply.Count(held.Read);
        if (resource.FullUrl is { } url && !_byFullUrl.TryAdd(url, resource.Key) && _byFullUrl[url] != resource.Key)
            _byFullUrl[url] = null;

        if (resource.Key.Type == "Patient" && _held.TryGetValue(resource.Key, out var known)
            && PatientDetails.Read(resource.Key.Id, resource.Json).IsAnotherPersonThan(PatientDetails.Read(known.Read.Resource.Key.Id, known.Read.Resource.Json)))
        {
            _disputed.Add(resource.Key.Id);
            Report(new ReadProblem(held.Read.Position, "is another person than the Patient of the same id elsewhere in the files; neither can be asked about", "Patient"));
        }

        // The version index of a store is not needed here: the newest is lastUpdated's, else the later one.
        if (_held.TryGetValue(resource.Key, out var earlier) && earlier.Read.Resource.LastUpdated is { } before && resource.LastUpdated < before)
            return;

        _held[resource.Key] = held;
    }

    private void Assign(Held held)
    {
        var resource = held.Read.Resource;
        switch (held.Read.Subject)
        {
            case { Kind: SubjectKind.Supporting }:
                Supporting[resource.Key.ToString()] = resource;
                if (resource.FullUrl is { } url && _byFullUrl[url] is not null)
                    Supporting[url] = resource;
                break;
            case { Kind: SubjectKind.Reference, Reference: { } reference }:
                if (ResourceSubject.OwnerOf(reference, one => Resolve(one, held.Scope)) is not { } owner)
                    Report(new ReadProblem(held.Read.Position, SubjectProblem.Words(resource.Key.Type, isMissing: false), resource.Key.Type));
                else if (owner.Type == "Patient")
                    Own(owner.Id, resource);
                break;
            case { Kind: SubjectKind.Missing }:
                Report(new ReadProblem(held.Read.Position, SubjectProblem.Words(resource.Key.Type, isMissing: true), resource.Key.Type));
                break;
        }
    }

    private ResourceKey? Resolve(string reference, Dictionary<string, ResourceKey>? scope)
    {
        if (scope is not null && scope.TryGetValue(reference, out var inBundle))
            return inBundle;

        if (ConditionalReference.TryParse(reference, out var search))
        {
            var token = search.System is null ? search.Value : $"{search.System}|{search.Value}";
            return _byIdentifier.TryGetValue(token, out var patients) && patients.Count == 1 ? new ResourceKey("Patient", patients.First()) : null;
        }

        if (ConditionalReference.IsSearch(reference))
            return null;

        return !AbsoluteReference.Is(reference) && ResourceKey.TryParse(reference, out var key)
            ? key
            : _byFullUrl.GetValueOrDefault(AbsoluteReference.WithoutVersion(reference));
    }

    private void Own(string patient, RawResource resource)
    {
        if (!ByPatient.TryGetValue(patient, out var resources))
            ByPatient[patient] = resources = [];

        resources.Add(resource);
    }

    private void Identify(string token, string patient)
    {
        if (!_byIdentifier.TryGetValue(token, out var patients))
            _byIdentifier[token] = patients = new HashSet<string>(StringComparer.Ordinal);

        patients.Add(patient);
    }

    private void Report(ReadProblem problem)
    {
        Problems.Add(problem);
        supply.Count(problem);
    }
}
