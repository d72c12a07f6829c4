using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>
/// Lets through only names that a lookup resolves: to things of this record, or to something the vocabulary knows and the record does not have. A model invents
/// names that look right; the engine would search for them and prove that they are not there.
/// </summary>
/// <param name="resolver">Finds what words mean in a record.</param>
internal sealed class ConceptCheck(IConceptResolver resolver)
{
    private const int MostSuggestions = 6;

    /// <summary>The first name or code of a selection that does not resolve, as a failure with what is near; null when all do.</summary>
    public ToolFailure? Find(RecordSelection selection, PatientRecord record)
    {
        foreach (var words in selection.Concepts)
        {
            var found = resolver.Resolve(record, words, selection.Kinds);
            var asked = PromptText.Name(words);
            if (found.Match.Ambiguous)
                return new ToolFailure(ToolFailureKind.AmbiguousConcept, $"'{asked}' can mean different things of this record; name one of them.", Clean(found.Match.Taken));

            if (found.Entries.IsEmpty ? !found.IsKnown || found.MayBeHidden : found.Match.How == "fuzzy")
            {
                return new ToolFailure(
                    ToolFailureKind.UnknownConcept,
                    $"'{asked}' is no name that this record or the vocabulary knows among the kinds asked; use a name of the overview, or other kinds.",
                    Clean(found.Match.Taken.Concat(found.Match.Left)));
            }
        }

        var unknown = selection.Codes.FirstOrDefault(code => !record.Concepts.Entries.Any(entry => entry.Codings.Any(coding => Is(coding, code))));
        return unknown is null ? null : ToolFailure.Of(ToolFailureKind.UnknownConcept, $"No resource of this record has the code '{PromptText.Name(unknown)}'.");
    }

    private static bool Is(Coding coding, string code)
    {
        var bar = code.LastIndexOf('|');
        return string.Equals(coding.Code, code[(bar + 1)..], StringComparison.OrdinalIgnoreCase)
            && (bar < 0 || string.Equals(coding.System, code[..bar], StringComparison.OrdinalIgnoreCase));
    }

    private static IReadOnlyList<string> Clean(IEnumerable<string> names) =>
        [.. names.Select(name => PromptText.Name(name)).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Take(MostSuggestions)];
}
