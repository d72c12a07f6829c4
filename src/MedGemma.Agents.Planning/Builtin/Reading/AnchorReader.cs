using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Finds a window that is stated by an event, and takes the event's words away from the rest of the question.</summary>
internal static class AnchorReader
{
    /// <summary>Reads the anchor, if there is one; its topic or concept leaves the lists.</summary>
    public static AnchorMention? Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || ReadRelation(question, i, out var words) is not { } relation)
                continue;

            var at = i + words;
            var first = false;
            while (at < question.Count && !question.IsClaimed(at))
            {
                if (OrderingReader.ReadAt(question, at) is { } ordering)
                    first = ordering is EarliestAggregate;
                else if (question[at] is not ("she" or "he" or "they" or "i" or "was" or "were" or "patient" or "the" or "a" or "an" or "my" or "his" or "her" or "their" or "this" or "most" or "that"))
                    break;
                at++;
            }

            var concept = concepts.FirstOrDefault(mention => mention.Span.First == at);
            var topic = topics.FirstOrDefault(mention => mention.Span.First == (concept?.Span.After ?? at) && mention.Topic.Rank > 1 && mention.Topic.Kinds.Count > 0);
            if (concept is null && topic is null)
                continue;

            // "Before she was diagnosed with CHF": what comes about stands before its name.
            if (concept is null && topic?.Topic.Kinds is [RecordKind.Condition] or [RecordKind.Procedure] or [RecordKind.MedicationRequest])
            {
                var named = topic.Span.After;
                while (question[named] is "with" or "of" or "the" or "a" or "an")
                    named++;
                concept = concepts.FirstOrDefault(mention => mention.Span.First == named);
            }

            // Without a preposition only a stay that stands behind what is asked for says when.
            if (words == 0 && (concept is not null || topic!.Topic.Kinds is not [RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit or RecordKind.OutpatientVisit or RecordKind.Encounter]
                || topic.Topic.Element is not null || topic.Topic.Special is not null || !concepts.Exists(mention => mention.Span.After <= i)))
                continue;

            // "the organism in the first blood culture": the culture says which organism, not when.
            if ((topic?.Topic.Name == "microbiology" || concept?.Kinds.Any(kind => kind is RecordKind.Specimen or RecordKind.MicrobiologyTest or RecordKind.Observation) == true)
                && topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Organism] or [RecordKind.Susceptibility]))
                continue;

            // What is left must still say what is asked for; "since the last admission" alone asks for nothing else.
            if (concepts.Count - (concept is null ? 0 : 1) == 0 && topics.Count(mention => mention.Topic.Kinds.Count > 0) - (topic is null ? 0 : 1) == 0)
                continue;

            var after = Math.Max(topic?.Span.After ?? 0, concept?.Span.After ?? 0);
            first |= topic?.Topic.Name == "diagnosis" && concept is not null;
            if (concept is not null && topic is null && TakeEnding(question, topics, ref after, ref first) is { } ending && ending.Topic.Kinds is [RecordKind.Condition])
                topic = ending;
            if (concept is not null)
                concepts.Remove(concept);
            if (topic is not null)
                topics.Remove(topic);
            if (concept is not null)
                topics.RemoveAll(mention => mention.Span == concept.Span);

            var span = new TokenSpan(i, after - i);
            var text = question.Slice(span);
            question.Claim(span);
            return new AnchorMention(relation, topic, concept, first, text);
        }

        return null;
    }

    /// <summary>"Before CHF was diagnosed", "after the stent was placed": how the event came about belongs to it.</summary>
    private static TopicMention? TakeEnding(QuestionText question, List<TopicMention> topics, ref int after, ref bool first)
    {
        var at = after;
        while (question[at] is "is" or "was" or "were" or "been" or "had" or "got" or "first")
            at++;

        if (topics.FirstOrDefault(mention => mention.Span.First == at && mention.Topic.Kinds is [RecordKind.Condition] or [RecordKind.Procedure] or [RecordKind.MedicationRequest]) is { } ending)
        {
            first |= ending.Topic.Name == "diagnosis";
            after = ending.Span.After;
            topics.Remove(ending);
            return ending;
        }

        if (at > after && question[at] is "done" or "placed" or "started" or "given" or "removed" or "put" or "made" or "found")
        {
            first |= question[at] is "started";
            after = at + 1;
        }

        return null;
    }

    private static AnchorRelation? ReadRelation(QuestionText question, int at, out int words)
    {
        (AnchorRelation? relation, words) = question[at] switch
        {
            "during" or "throughout" => (AnchorRelation.During, 1),
            "on" or "in" or "at" when question[at + 1] is "the" or "my" or "his" or "her" or "their" or "this"
                && (OrderingReader.ReadAt(question, at + 2) is not null || question[at + 1] is "this") => (AnchorRelation.During, 1),
            // "Peak lactate this admission", "K last admission".
            "this" or "current" or "last" or "latest" or "first" => (AnchorRelation.During, 0),
            "before" => (AnchorRelation.Before, 1),
            "until" => (AnchorRelation.Before, 1),
            "prior" when question[at + 1] is "to" => (AnchorRelation.Before, 2),
            "after" or "following" => (AnchorRelation.After, 1),
            "since" => (AnchorRelation.Since, 1),
            _ => ((AnchorRelation?)null, 0),
        };
        return relation;
    }
}
