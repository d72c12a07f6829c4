using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Reads what was done to a part of the body in everyday words as the procedure that it is: "has her womb been taken out", "his knee was replaced".</summary>
internal sealed class OperationReader(PatientRecord record, IConceptResolver resolver, PlannerLexicon lexicon)
{
    private const int LongestPart = 2;

    /// <summary>The procedures, with their words claimed; none where the words are a name of the record or say no operation.</summary>
    public IEnumerable<ConceptMention> Read(QuestionText question)
    {
        for (var first = 0; first < question.Count; first++)
        {
            for (var length = Math.Min(LongestPart, question.Count - first); length > 0; length--)
            {
                var part = new TokenSpan(first, length);
                if (!question.IsFree(part) || lexicon.FindOperation(question.Words(part)) is not { } operation || Deed(question, part, operation) is not var (verb, name))
                    continue;

                // What the vocabulary does not know by that name may be called by its part ("hip").
                var resolved = resolver.Resolve(record, name, [RecordKind.Procedure]);
                if (name == operation.Surgery && resolved.Entries.IsEmpty)
                    continue;

                question.Claim(part);
                question.Claim(verb);
                yield return new ConceptMention(part, name, resolved.Entries, false, resolved.Match, [RecordKind.Procedure]);
                first = part.After;
                break;
            }
        }
    }

    /// <summary>What was done, by the verb behind the part ("appendix has been removed") or before it ("they took out her appendix", "surgery to remove the appendix").</summary>
    private static (TokenSpan Verb, string Name)? Deed(QuestionText question, TokenSpan part, Operation operation)
    {
        for (var at = part.After; at < question.Count && at <= part.After + 4; at++)
            if (question.IsFree(new TokenSpan(at, 1)) && At(question, at, operation) is { } deed)
                return deed;
            else if (!IsBetween(question[at]))
                break;

        for (var at = part.First - 1; at >= 0 && at >= part.First - 4; at--)
            if (question.IsFree(new TokenSpan(at, 1)) && At(question, at, operation) is var (verb, name) && question.IsFree(verb))
                return (verb.After > part.First ? new TokenSpan(at, 1) : verb, name);
            else if (!IsBetween(question[at]) && question[at] is not ("out" or "off"))
                break;

        return null;
    }

    private static (TokenSpan Verb, string Name)? At(QuestionText question, int at, Operation operation)
    {
        var (count, name) = question[at] switch
        {
            "removed" or "remove" or "removing" or "excised" or "resected" or "extracted" or "pulled" => (question[at + 1] is "out" ? 2 : 1, operation.Removal),
            "taken" or "took" or "take" or "cut" or "come" or "came" or "whipped" when question[at + 1] is "out" => (2, operation.Removal),
            "taken" or "took" or "take" or "cut" or "taking" when question[at - 1] is not "medication" => (1, operation.Removal),
            "out" => (1, operation.Removal),
            "replaced" or "replace" => (1, operation.Replacement),
            "operated" => (question[at + 1] is "on" or "upon" ? 2 : 1, operation.Surgery),
            "operation" or "operations" or "surgery" or "surgeries" when operation.Surgery is not null => (question[at + 1] is "on" ? 2 : 1, operation.Surgery),
            "amputated" or "amputate" => (1, operation.Amputation),
            "off" when question[at - 1] is "cut" or "taken" or "took" => (1, operation.Amputation),
            _ => (0, null),
        };
        return name is null ? null : (new TokenSpan(at, count), name);
    }

    private static bool IsBetween(string word) =>
        word is "has" or "had" or "have" or "been" or "was" or "were" or "is" or "got" or "get" or "getting" or "be" or "being" or "ever" or "on" or "upon" or "the" or "his" or "her" or "my" or "their" or "a" or "to" or "of" or "surgically" or "both" or "left" or "right";
}
