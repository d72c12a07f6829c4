using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Finds words that say nothing in most questions and in some constructions carry a condition that no query expresses; there they were not understood.</summary>
internal static class ConditionsNotMet
{
    /// <summary>The words as written.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="asking">Its form.</param>
    /// <param name="ordering">The aggregate its words ask for; a trend goes one way or the other.</param>
    /// <param name="topics">What its words are about.</param>
    /// <param name="concepts">What it names.</param>
    public static IEnumerable<string> Find(QuestionText question, Asking asking, Aggregate? ordering, IReadOnlyList<TopicMention> topics, IReadOnlyList<ConceptMention> concepts)
    {
        var ofSeverity = topics.Any(mention => mention.Topic.Name == "severity");
        for (var i = 0; i < question.Count; i++)
        {
            var isCondition = question[i] switch
            {
                // "Is it scheduled or stopped": one of two is asked for, not yes or no.
                "or" => asking == Asking.YesNo && ordering is not (TrendAggregate or DeltaAggregate) && !question.IsClaimed(i) && IsChoice(question, i, topics, concepts),
                // "Which allergy is marked high".
                "high" or "low" or "severe" or "mild" or "moderate" => ofSeverity && !question.IsClaimed(i),
                // "Ordered as needed" is another order than one by the clock.
                "needed" or "required" or "necessary" => question[i - 1] is "as" or "when" or "if" && !question.IsClaimed(i),
                // "How many cycles" of a plan are not how many plans.
                "cycles" or "courses" or "rounds" => asking == Asking.Count && !question.IsClaimed(i) && question[i - 1] is "many" && concepts.Count > 0 && !concepts.Any(concept => concept.Kinds.Any(kind => kind is RecordKind.Procedure || KindFamilies.AreMedications([kind]))),
                // "How many images" of a study, not how many studies.
                "images" or "slices" or "frames" => asking == Asking.Count && question[i - 1] is "many" or "of",
                // "How many mg" asks for an amount.
                "mg" or "mcg" or "g" or "grams" or "ml" or "mls" or "units" or "tablets" or "puffs" or "drops" or "capsules" => asking == Asking.Count && question[i - 1] is "many" && question[i + 1] is "of" or "is" or "was" or "were" or "did" or "does" or "has",
                // "The consultant letter" is one of several; "frequency of visits" is no frequency of doses.
                "consultant" or "surgeon" or "operator" or "clinician" or "radiologist" or "anaesthetist" or "provider" => question[i + 1] is "note" or "notes" or "letter" or "letters" or "report" or "reports" or "visit" or "visits" or "review" or "appointment",
                "frequency" => !concepts.Any(concept => KindFamilies.AreMedications([.. concept.Kinds])),
                // "LVEF and date of echo" asks for the time of one of them.
                "date" or "time" or "when" => asking == Asking.Time && concepts.Count > 1 && !question.IsClaimed(i) && question[i - 1] is "and" && concepts[0].Span.After <= i,
                // "If the potassium was high, how many" is asked under a condition; "if any" is none.
                "if" => i == 0 && question[1] is not ("any" or "so" or "possible" or "known" or "available" or "recorded" or "you" or "applicable" or "there"),
                // What somebody says is not what the record says.
                "according" => question[i + 1] is "to" && IsPerson(question[question[i + 2] is "the" or "his" or "her" or "my" or "a" or "their" ? i + 3 : i + 2]),
                // "When standing" is how it was measured, not when.
                "standing" or "sitting" or "lying" => question[i - 1] is "when" or "while" or "on" or "after" or "whilst" && !question.IsClaimed(i),
                // "What day of the week" is no date.
                "week" => question[i - 1] is "the" && question[i - 2] is "of" && question[i - 3] is "day" or "days",
                "weekday" => question[i - 1] is "which" or "what",
                // "What was he discharged on" is asked of drugs, "what happened in the ED" of no one thing.
                "on" or "with" => i == question.Count - 1 && question[0] is "what" or "which" && topics.Any(mention => mention.Topic.Name == "discharge") && !topics.Any(mention => KindFamilies.AreMedications(mention.Topic.Kinds) && mention.Topic.Kinds.Count > 0),
                "happened" or "happen" => question[0] is "what" && concepts.Count == 0 && topics.Any(mention => KindFamilies.AreStays(mention.Topic.Kinds) && mention.Topic.Kinds.Count > 0) && !topics.Any(mention => mention.Topic.Rank > 3 && !KindFamilies.AreStays(mention.Topic.Kinds)),
                // The time of a result is not that of the specimen.
                "resulted" or "reported" or "released" or "issued" or "finalised" or "finalized" or "available" => asking == Asking.Time && IsOfResult(topics, concepts),
                "out" or "back" or "through" => asking == Asking.Time && question[i - 1] is "come" or "came" or "comes" && question.Tokens.Any(token => token.Word is "result" or "results" or "report"),
                _ => false,
            };
            if (isCondition)
                yield return question.Slice(new TokenSpan(i, 1));
        }
    }

    private static bool IsPerson(string word) =>
        word is "gp" or "doctor" or "doctors" or "nurse" or "nurses" or "physician" or "family" or "patient" or "consultant" or "specialist" or "surgeon" or "wife" or "husband" or "mother" or "father" or "relatives"
            or "pharmacist" or "pharmacy" or "therapist" or "physiotherapist" or "carer" or "daughter" or "son" or "her" or "him" or "them" or "me" or "partner";

    private static bool IsOfResult(IReadOnlyList<TopicMention> topics, IReadOnlyList<ConceptMention> concepts) =>
        topics.Any(mention => mention.Topic.Kinds.Any(IsResult)) || concepts.Any(concept => concept.Kinds.Any(IsResult));

    private static bool IsResult(RecordKind kind) => kind is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.DiagnosticReport or RecordKind.MicrobiologyTest;

    /// <summary>Whether the sides of an "or" are not two names, two words for one kind of thing or two bounds, which one yes or no answers.</summary>
    private static bool IsChoice(QuestionText question, int at, IReadOnlyList<TopicMention> topics, IReadOnlyList<ConceptMention> concepts)
    {
        var next = at + 1;
        while (question[next] is "the" or "a" or "an" or "any" or "other" or "his" or "her" or "my")
            next++;
        if (question[next] is "not" or "more" or "less" or "higher" or "lower" or "greater" or "above" or "below" or "over" or "under" or "later" or "earlier" or "so" or "has" or "is" or "did" or "was" or "does")
            return false;

        if (NameAt(at - 1) && NameAt(next))
            return false;

        var kinds = TopicAt(at - 1)?.Topic.Kinds;
        return kinds is null || TopicAt(next)?.Topic.Kinds is not { } others || !kinds.SequenceEqual(others);

        bool NameAt(int index) => concepts.Any(concept => concept.Span.Contains(new TokenSpan(index, 1)));

        TopicMention? TopicAt(int index) => topics.FirstOrDefault(mention => mention.Span.Contains(new TokenSpan(index, 1)));
    }
}
