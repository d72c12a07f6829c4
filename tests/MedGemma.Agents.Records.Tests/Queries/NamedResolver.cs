using System.Collections.Immutable;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>Takes the concepts of a record that go by exactly the words; knows some words by definition.</summary>
internal sealed class NamedResolver(params string[] known) : IConceptResolver
{
    public Dictionary<string, string[]> Classes { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, string[]> Synonyms { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, string[]> Wider { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ResolvedConcept Resolve(PatientRecord record, string words, IReadOnlyCollection<RecordKind> kinds)
    {
        var names = Classes.GetValueOrDefault(words) ?? Synonyms.GetValueOrDefault(words) ?? Wider.GetValueOrDefault(words) ?? [words];
        var entries = record.Concepts.Entries
            .Where(entry => entry.Names.Intersect(names, StringComparer.OrdinalIgnoreCase).Any())
            .ToImmutableArray();
        var how = entries.IsEmpty ? "none" : Classes.ContainsKey(words) ? "class" : Synonyms.ContainsKey(words) ? "synonym" : "text";
        var match = new ConceptMatch(words, [.. entries.Select(entry => entry.Name)], [], how, Ambiguous: false);
        return new ResolvedConcept(match, entries, known.Contains(words, StringComparer.OrdinalIgnoreCase));
    }

    public bool IsSame(string words, string name) => string.Equals(words.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase);
}
