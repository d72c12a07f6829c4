using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Reads how an injury came about as the diagnosis that it is: "when did she break her ankle" asks for a fracture of the ankle.</summary>
internal sealed class InjuryReader(PatientRecord record, IConceptResolver resolver, PlannerLexicon lexicon)
{
    /// <summary>The injuries that the record names, with their words claimed; others are left to be understood otherwise.</summary>
    public IEnumerable<ConceptMention> Read(QuestionText question)
    {
        for (var verb = 0; verb < question.Count; verb++)
        {
            if (question.IsClaimed(verb) || Injury(question[verb]) is not { } injury || Part(question, verb) is not { } part)
                continue;

            var words = $"{question.Slice(part)} {injury}";
            if (resolver.Resolve(record, words, [RecordKind.Condition]) is not { Entries.IsEmpty: false, Match.How: "text" or "synonym" or "code" } resolved)
                continue;

            // "Hip fracture", "broke her hip": the whole is the name.
            var first = Math.Min(part.First, verb);
            var whole = new TokenSpan(first, Math.Max(part.After, verb + 1) - first);
            question.Claim(whole);
            yield return new ConceptMention(whole, words, resolved.Entries, false, resolved.Match, [RecordKind.Condition]);
        }
    }

    private static string? Injury(string word) => word switch
    {
        "break" or "broke" or "broken" or "fracture" or "fractured" or "breaking" => "fracture",
        "sprain" or "sprained" or "twist" or "twisted" => "sprain",
        "burn" or "burnt" or "burned" => "burn",
        "dislocate" or "dislocated" => "dislocation",
        "cut" or "lacerated" or "gash" or "gashed" => "laceration",
        _ => null,
    };

    /// <summary>The part of the body behind the verb ("break her ankle") or before it ("was her ankle broken").</summary>
    private TokenSpan? Part(QuestionText question, int verb)
    {
        var first = verb + 1;
        if (question[first] is "his" or "her" or "my" or "the" or "a" or "their")
            first++;
        if (first < question.Count && IsThing(question, first))
            return new TokenSpan(first, first + 1 < question.Count && IsThing(question, first + 1) ? 2 : 1);

        var last = verb - 1;
        while (last >= 0 && !question.IsClaimed(last) && lexicon.IsGlue(question[last]))
            last--;
        return last >= 0 && IsThing(question, last) ? new TokenSpan(last, 1) : null;
    }

    private bool IsThing(QuestionText question, int at) => !question.IsClaimed(at) && !lexicon.IsGlue(question[at]) && char.IsLetter(question[at][0]) && lexicon.FindTopic(question[at]) is null;
}
