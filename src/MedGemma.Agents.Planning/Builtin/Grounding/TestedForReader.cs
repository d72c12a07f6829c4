using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Reads "tested for HIV", "screened for depression", "TB skin test" as tests for the disease: that it was looked for is no diagnosis of it.</summary>
internal sealed class TestedForReader(PatientRecord record, ConceptVocabulary vocabulary)
{
    private static readonly RecordKind[] s_tests = [RecordKind.LaboratoryResult, RecordKind.MicrobiologyTest, RecordKind.Procedure, RecordKind.DiagnosticReport, RecordKind.QuestionnaireResponse];

    private static readonly string[] s_testWords = ["test", "tests", "testing", "screen", "screening", "antibody", "antigen", "serology", "measurement", "assay", "swab", "pcr", "culture", "typing", "rna", "dna", "igg", "igm"];

    /// <summary>Whether the question says that something was looked for.</summary>
    public static bool Asks(QuestionText question) =>
        Enumerable.Range(0, question.Count).Any(i => question[i] is "tested" or "screened" or "swabbed" or "tests" or "test" or "screening" or "screen" && !(question[i] is "test" or "tests" && question[i + 1] is "result" or "results"));

    /// <summary>Whether what came of a test for something is asked for: "HIV status", "hepatitis B result", "positive for flu".</summary>
    public static bool AsksResult(QuestionText question) =>
        Enumerable.Range(0, question.Count).Any(i => question[i] is "status" or "serology" or "swab" or "positive" or "negative" or "detected" or "result" or "results");

    /// <summary>The mention as the tests for it, when all that it stands for is a disease; unchanged otherwise.</summary>
    public ConceptMention AsTest(ConceptMention mention)
    {
        if (!mention.Kinds.Any() || !mention.Kinds.All(kind => kind is RecordKind.Condition or RecordKind.FamilyHistory or RecordKind.Any))
            return mention;

        var phrases = vocabulary.Find(mention.Words).SelectMany(term => term.Names).Append(mention.Words).Select(QuestionText.Normalize).Where(phrase => phrase.Length > 2).ToHashSet(StringComparer.Ordinal);
        var entries = record.Concepts.Entries.Where(entry => entry.Kinds.Any(s_tests.Contains) && entry.Names.Append(entry.Name).Any(name => IsTestFor(QuestionText.Normalize(name), phrases))).ToArray();
        return entries.Length == 0 ? mention : mention with
        {
            Entries = [.. entries],
            Names = [.. entries.Select(entry => entry.Name).Distinct(StringComparer.Ordinal)],
            Match = new ConceptMatch(mention.Words, [.. entries.Select(entry => entry.Name).Distinct(StringComparer.Ordinal)], [], "text", false),
        };
    }

    private static bool IsTestFor(string name, HashSet<string> phrases)
    {
        var words = name.Split(' ');
        return s_testWords.Any(words.Contains) && phrases.Any(phrase => $" {name} ".Contains($" {phrase} ", StringComparison.Ordinal));
    }
}
