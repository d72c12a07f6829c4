using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Building;

/// <summary>
/// Gathers what a record is about. Two resources are about the same thing when their first codings are the same, or, without codes, their texts:
/// further codings may be classes that very different drugs share.
/// </summary>
internal static class ConceptIndexing
{
    public static ConceptIndex Of(ImmutableArray<RecordResource> resources)
    {
        var gathered = new Dictionary<(string? System, string Code), Gathered>();
        foreach (var resource in resources)
        {
            if (resource.Concept is { } concept)
                Gather(gathered, concept, resource);

            foreach (var part in resource.Parts)
                Gather(gathered, part, resource);
        }

        var entries = ImmutableArray.CreateBuilder<ConceptEntry>(gathered.Count);
        foreach (var entry in gathered.Values)
            entries.Add(entry.ToEntry());

        entries.Sort((left, right) => string.Compare(left.Name, right.Name, StringComparison.OrdinalIgnoreCase));
        return new ConceptIndex(entries.MoveToImmutable());
    }

    private static void Gather(Dictionary<(string? System, string Code), Gathered> gathered, CodedConcept concept, RecordResource resource)
    {
        if (KeyOf(concept) is not { } key)
            return;

        if (!gathered.TryGetValue(key, out var entry))
            gathered[key] = entry = new Gathered(concept.Name!);

        entry.Add(concept, resource);
    }

    /// <summary>What makes two concepts the same: the first coding with a code, or without codes the text.</summary>
    public static (string? System, string Code)? KeyOf(CodedConcept concept)
    {
        foreach (var coding in concept.Codings)
        {
            if (!string.IsNullOrEmpty(coding.Code))
                return (coding.System ?? string.Empty, coding.Code);
        }

        // A null system keeps texts apart from codes.
        return concept.Name is { Length: > 0 } name ? (null, name.ToUpperInvariant()) : null;
    }

    private sealed class Gathered(string name)
    {
        private readonly List<string> _names = [];
        private readonly List<Coding> _codings = [];
        private readonly List<RecordResource> _resources = [];
        private readonly HashSet<string> _nameSet = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<Coding> _codingSet = [];
        private ImmutableArray<Coding> _last;
        private string? _lastText;
        private ulong _kinds;

        public void Add(CodedConcept concept, RecordResource resource)
        {
            if (_resources.Count == 0 || !ReferenceEquals(_resources[^1], resource))
                _resources.Add(resource);

            foreach (var kind in resource.Kinds)
                _kinds |= 1UL << (int)kind;

            // The pool gives equal concepts the same array and text.
            if (_last == concept.Codings && ReferenceEquals(_lastText, concept.Text))
                return;

            _last = concept.Codings;
            _lastText = concept.Text;
            AddName(concept.Text);
            foreach (var coding in concept.Codings)
            {
                if (_codingSet.Add(coding))
                    _codings.Add(coding);

                // Some systems write the name itself as the code.
                AddName(coding.Display ?? (coding.Code is { } code && code.Any(char.IsAsciiLetterLower) ? code : null));
            }
        }

        public ConceptEntry ToEntry() => new(name, [.. _names], [.. _codings], KindIndexing.Expand(_kinds), [.. _resources]);

        private void AddName(string? alias)
        {
            if (!string.IsNullOrEmpty(alias) && _nameSet.Add(alias))
                _names.Add(alias);
        }
    }
}
