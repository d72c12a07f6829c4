using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Reads an event that begins at a token: who and which, how it came about, its name, its date. Nothing is taken away until <see cref="Take"/>.</summary>
internal sealed class EventReader(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, List<TimePhrase> times)
{
    private static readonly RecordKind[] s_stays = [RecordKind.HospitalStay, RecordKind.IcuStay, RecordKind.EmergencyVisit, RecordKind.OutpatientVisit, RecordKind.Encounter];

    /// <summary>The event, or null when no thing of the record is named there.</summary>
    public EventMention? Read(int from)
    {
        Aggregate? which = null;
        var (begins, ends, next) = (false, false, false);
        TimePhrase? dated = null;
        var at = from;
        for (; at < question.Count; at++)
        {
            if (times.Find(phrase => phrase.Span.First == at && phrase.Inside && question[at] is not ("in" or "on" or "at" or "during")) is { } date)
            {
                dated = date;
                at = date.Span.After - 1;
            }
            else if (EventVerbs.Begins(question[at]) && !IsThing(at) && !IsTaken(at))
            {
                begins = true;
            }
            else if (EventVerbs.Ends(question[at]) && !IsThing(at) && !IsTaken(at))
            {
                ends = true;
            }
            else if (question.IsClaimed(at))
            {
                break;
            }
            else if (question[at] is "next" or "following" or "subsequent")
            {
                next = true;
            }
            else if (OrderingReader.ReadAt(question, at) is { } ordering)
            {
                if (ordering is not (EarliestAggregate or LatestAggregate or NthAggregate))
                    return null;
                which = ordering is LatestAggregate && which is NthAggregate { N: > 0 } counted ? new NthAggregate(-counted.N) : ordering;
            }
            else if (question[at] is "this" or "current")
            {
                which ??= new LatestAggregate();
            }
            else if (!IsFiller(question[at]))
            {
                break;
            }
        }

        var concept = concepts.Find(mention => mention.Span.First == at);
        var topic = topics.Find(mention => mention.Span.First == (concept?.Span.After ?? at) && IsEvent(mention));
        if (concept is null && topic is null)
            return null;

        var after = Math.Max(topic?.Span.After ?? 0, concept?.Span.After ?? 0);
        if (concept is null && NamedAfter(topic!) is { } named)
            (concept, after) = (named, named.Span.After);

        // "Osteoporosis diagnosis" spotted as one name says what kind of event it is too.
        topic ??= topics.Find(mention => concept is not null && mention.Span.First > concept.Span.First && mention.Span.After == concept.Span.After && mention.Topic.Kinds is [RecordKind.Condition]);
        var mention = new EventMention(topic, concept, new LatestAggregate(), EventEdge.Start, dated, default, "") { IsNext = next };
        (mention, after) = ReadEnding(mention, after, ref begins, ref ends, ref which);
        if (dated is null && times.Find(phrase => phrase.Span.First == after && phrase.Inside && phrase.Attributive is null) is { } trailing)
            (mention, after) = (mention with { Dated = trailing }, trailing.Span.After);

        var isMade = begins || mention.Topic?.Topic.Name is "diagnosis" or "prescription" || AreDrugs(mention);
        var span = new TokenSpan(from, after - from);
        return mention with
        {
            Which = which ?? (next || (isMade && !ends) ? new EarliestAggregate() : new LatestAggregate()),
            SaysWhich = which is not null || next || isMade,
            Edge = ends || mention.Topic?.Topic.Element == ResultElement.End ? EventEdge.End : EventEdge.Start,
            Begins = begins,
            Span = span,
            Text = question.Slice(span),
        };
    }

    /// <summary>Takes the event's words away from the rest of the question.</summary>
    public void Take(EventMention mention)
    {
        bool Inside(TokenSpan span) => span.First >= mention.Span.First && span.After <= mention.Span.After;
        concepts.RemoveAll(concept => concept == mention.Concept || Inside(concept.Span));
        topics.RemoveAll(topic => topic == mention.Topic || Inside(topic.Span));
        times.RemoveAll(phrase => phrase == mention.Dated);
        question.Claim(mention.Span);
    }

    // "(completed months)" says how a length is to be given, and ends nothing.
    private bool IsTaken(int at) => question.IsClaimed(at) && !question.IsTopical(at);

    private bool IsThing(int at) => concepts.Exists(mention => mention.Span.First == at) || topics.Exists(mention => mention.Span.First == at && IsEvent(mention));

    private static bool IsEvent(TopicMention mention) => mention.Topic.Rank > 1 && mention.Topic.Kinds.Count > 0 && mention.Topic.Kinds is not [RecordKind.Patient];

    private static bool IsFiller(string word) =>
        EventVerbs.Has(word) || word is "she" or "he" or "they" or "i" or "we" or "patient" or "s" or "the" or "a" or "an" or "my" or "his" or "her" or "their" or "this" or "that" or "its" or "most"
            or "on" or "onto" or "with" or "of" or "to" or "from" or "time" or "date" or "day" or "taking" or "off" or "cycle" or "cycles" or "session" or "sessions" or "round" or "course";

    /// <summary>"Diagnosed with CHF", "admission for appendicitis": what comes about stands before its name.</summary>
    private ConceptMention? NamedAfter(TopicMention topic)
    {
        if (!topic.Topic.Kinds.All(kind => kind is RecordKind.Condition or RecordKind.Procedure or RecordKind.MedicationRequest || s_stays.Contains(kind)))
            return null;

        var at = topic.Span.After;
        while (question[at] is "with" or "of" or "for" or "the" || (question[at] is "to" && !AreStays(topic)) || question[at] is "a" or "an" or "her" or "his" or "my" && !question.IsClaimed(at))
            at++;
        return concepts.Find(mention => mention.Span.First == at);
    }

    private static bool AreStays(TopicMention topic) => topic.Topic.Kinds.All(s_stays.Contains);

    /// <summary>"Before CHF was diagnosed", "after the stent was placed": how the event came about belongs to it.</summary>
    private (EventMention Mention, int After) ReadEnding(EventMention mention, int after, ref bool begins, ref bool ends, ref Aggregate? which)
    {
        var at = after;
        while (question[at] is "is" or "was" or "were" or "been" or "had" or "has" or "got" or "being" or "most" or "newly" or "initially" or "originally"
            || (at > after && !question.IsClaimed(at) && OrderingReader.ReadAt(question, at) is EarliestAggregate or LatestAggregate && !EventVerbs.Begins(question[at])))
        {
            if (OrderingReader.ReadAt(question, at) is { } ordering)
                which ??= ordering;
            at++;
        }

        if (topics.Find(topic => topic.Span.First == at && topic.Topic.Kinds is [RecordKind.Condition] or [RecordKind.Procedure] or [RecordKind.MedicationRequest] or [RecordKind.MedicationAdministration] or [RecordKind.MedicationDispense]) is { } ending)
            return (mention.Topic is null || mention.Concept is not null ? mention with { Topic = ending } : mention, ending.Span.After);

        if (IsTaken(at))
            return (mention, after);

        if (EventVerbs.Begins(question[at]))
            begins = true;
        else if (EventVerbs.Ends(question[at]))
            ends = true;
        else if (at == after || !EventVerbs.Does(question[at]))
            return at > after && !question.IsClaimed(at) && (question[at].EndsWith("ed", StringComparison.Ordinal) || question[at] is "put" or "cut" or "up" or "down") ? (mention with { Unread = question[at] }, after) : (mention, after);

        return (mention, question[at] is "carried" && question[at + 1] is "out" ? at + 2 : at + 1);
    }

    private static bool AreDrugs(EventMention mention) =>
        mention.Topic is null && mention.Concept is { } concept && concept.Kinds.Any() && concept.Kinds.All(kind => kind is RecordKind.Any or RecordKind.Medication or RecordKind.MedicationRequest
            or RecordKind.MedicationStatement or RecordKind.MedicationAdministration or RecordKind.MedicationDispense);
}
