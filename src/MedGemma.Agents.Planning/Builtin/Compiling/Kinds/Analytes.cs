using System.Collections.Frozen;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>
/// Tells what is measured in blood from the salts of it that are given: "the potassium" is the result, also of a patient who takes potassium chloride, which nobody calls potassium alone. Of a
/// drug that is measured itself, such as digoxin, this says nothing.
/// </summary>
internal static class Analytes
{
    private static readonly FrozenSet<RecordKind> s_tests = new[] { RecordKind.LaboratoryResult, RecordKind.Observation }.ToFrozenSet();

    private static readonly FrozenSet<string> s_otherSalts = new[] { "aspartate", "bicarbonate", "dextran", "disodium", "hydroxide", "maltol", "orotate", "oxide", "sucrose", "sulphate" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether each of the names is that of a result, and every drug by that name is a salt.</summary>
    /// <param name="concepts">What a question names.</param>
    public static bool AreMeant(IReadOnlyList<ConceptMention> concepts) => concepts.Count > 0 && concepts.All(concept =>
        concept.Entries.Any(entry => entry.Kinds.Any(s_tests.Contains)) && concept.Entries.Where(entry => !entry.Kinds.Any(s_tests.Contains)).All(entry => IsSalt(concept.Words, entry)));

    private static bool IsSalt(string words, ConceptEntry entry) => entry.Names.Any(name =>
    {
        var parts = name.Split([' ', '-', '/', ',', '_'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Index().Any(part => part.Item.Equals(words, StringComparison.OrdinalIgnoreCase)
            && (IsOfSalt(parts.ElementAtOrDefault(part.Index + 1) ?? "") || (part.Index > 0 && IsOfSalt(parts[part.Index - 1]))));
    });

    private static bool IsOfSalt(string word) => word.ToLowerInvariant() is var small && (Qualifiers.IsSalt(small) || s_otherSalts.Contains(small));
}
