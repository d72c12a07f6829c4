using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Building;

/// <summary>
/// Gives Observations that no category and no code system places (Observation.category is 0..* and <c>exam</c> says only that somebody was looked at) the kind of what they
/// measure: what the vocabulary knows by their LOINC code or by their whole name, and what others of the same code are in this record. For one build at a time.
/// </summary>
/// <param name="vocabulary">What codes and names mean.</param>
internal sealed class UncategorisedObservations(ConceptVocabulary vocabulary)
{
    private static readonly RecordKind[] s_placed = [RecordKind.LaboratoryResult, RecordKind.VitalSign, RecordKind.SocialHistory];

    // The codes of http://terminology.hl7.org/CodeSystem/observation-category that say that it is something else.
    private static readonly string[] s_elsewhere = ["survey", "imaging", "procedure", "therapy", "activity"];

    private readonly Dictionary<(string? System, string Code), HashSet<RecordKind>> _siblings = [];
    private readonly Dictionary<(string? System, string Code), RecordKind[]> _known = [];

    /// <summary>Whether nothing but its type says what an Observation is.</summary>
    public static bool IsUnplaced(RecordResource resource) => resource.Kinds is [RecordKind.Observation];

    /// <summary>Whether others of the same code have a kind.</summary>
    public bool HasSiblings(RecordResource resource) => resource.Concept is { } concept && ConceptIndexing.KeyOf(concept) is { } key && _siblings.ContainsKey(key);

    /// <summary>Places a draft whose category and code gave it no kind, and remembers of what kind one is that has.</summary>
    public void Place(ResourceDraft draft)
    {
        if (draft.Concept is not { } concept || ConceptIndexing.KeyOf(concept) is not { } key)
            return;

        if (draft.Kinds == 1UL << (int)RecordKind.Observation && !draft.Categories.Any(category => s_elsewhere.Contains(category.Code, StringComparer.OrdinalIgnoreCase)))
        {
            foreach (var kind in Known(key, concept).Concat(_siblings.GetValueOrDefault(key, [])))
                draft.Is(kind);
        }

        foreach (var kind in s_placed.Where(draft.HasKind))
        {
            if (!_siblings.TryGetValue(key, out var kinds))
                _siblings[key] = kinds = [];
            kinds.Add(kind);
        }
    }

    private RecordKind[] Known((string? System, string Code) key, CodedConcept concept)
    {
        if (_known.TryGetValue(key, out var kinds))
            return kinds;

        var byCode = concept.Codings.Where(coding => coding.Code is not null && CodeSystems.Family(coding.System) == CodeSystems.Loinc)
            .SelectMany(coding => vocabulary.OfLoinc(CodeSystems.Normalize(CodeSystems.Loinc, coding.Code!)))
            .ToList();
        var terms = byCode.Count > 0 ? byCode : Names(concept).SelectMany(name => vocabulary.Find(name));
        return _known[key] = [.. terms.Select(term => term.Kinds[0]).Where(s_placed.Contains).Distinct()];
    }

    private static IEnumerable<string> Names(CodedConcept concept) =>
        concept.Codings.Select(coding => coding.Display).Append(concept.Text).OfType<string>().Distinct(StringComparer.Ordinal);
}
