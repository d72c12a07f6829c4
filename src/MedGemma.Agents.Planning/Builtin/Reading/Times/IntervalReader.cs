using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Finds the two events of a question for the time between them: "between A and B", "from A to B", "how long after A was B", "since A".</summary>
internal static class IntervalReader
{
    /// <summary>Reads and takes the events of a question that is known to ask how long; null when it is about the length of one thing.</summary>
    public static IntervalMention? Read(QuestionText question, DurationAsk asked, List<TopicMention> topics, List<ConceptMention> concepts, List<TimePhrase> times)
    {
        var events = new EventReader(question, topics, concepts, times);
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            var found = question[i] switch
            {
                "between" => Two(question, events, i) ?? Counted(question, events, i) ?? Joined(question, events, i, "and"),
                "from" => Joined(question, events, i, "to") ?? Joined(question, events, i, "until") ?? Joined(question, events, i, "till"),
                "after" or "following" or "since" or "before" or "until" => Around(question, events, i),
                _ => null,
            };

            // "How long did he wait for the operation after the diagnosis".
            if (found is null && question[i] is "for" && question[i - 1] is "wait" or "waited" or "waiting" && events.Read(i + 1) is { } awaited && question[awaited.Span.After] is "after" or "from" or "since" or "following" && events.Read(awaited.Span.After + 1) is { } origin)
            {
                found = new IntervalMention(origin, awaited);
                question.Claim(new TokenSpan(i - 1, 1));
                question.Claim(new TokenSpan(awaited.Span.After, 1));
            }

            // "Days until the next appointment", "until the retinal screening": from now.
            if (found is null && question[i] is "until" or "till" or "before" or "to" && events.Read(i + 1) is { } ahead && IsToCome(ahead))
            {
                found = new IntervalMention(ahead, null) { IsToCome = true };
                if (question[i - 1] is "go" && question[i - 2] is "to")
                    question.Claim(new TokenSpan(i - 2, 2));
            }
            if (found is null && asked.IsOngoing && question[i] is "since" && events.Read(i + 1) is { } past)
                found = new IntervalMention(past, null);
            if (found is null)
                continue;

            events.Take(found.From);
            if (found.Until is { } until)
                events.Take(until);
            question.Claim(new TokenSpan(i, 1));
            return found;
        }

        if (Enumerable.Range(0, question.Count).FirstOrDefault(i => question[i] is "ago" && !question.IsClaimed(i), -1) is var ago and >= 0
            && events.Read(ago + 1) is { } before)
        {
            events.Take(before);
            return new IntervalMention(before, null);
        }

        // "In how many days is her next appointment".
        var head = question[0] is not "in" ? -1 : Enumerable.Range(0, question.Count).FirstOrDefault(i => question[i] is "is" or "s" && question.IsClaimed(i - 1) && !question.IsClaimed(i), -1);
        if (head > 0 && events.Read(head + 1) is { } coming && IsToCome(coming))
        {
            events.Take(coming);
            return new IntervalMention(coming, null) { IsToCome = true };
        }

        return null;
    }

    private static bool IsToCome(EventMention mention) =>
        mention.Topic?.Topic.Kinds is [RecordKind.Appointment] || (mention is { Topic: null or { Topic.Rank: <= 4 }, Concept: { } concept } && concept.Kinds.Contains(RecordKind.Appointment) && mention.Dated is null);

    private static IntervalMention? Joined(QuestionText question, EventReader events, int at, string conjunction)
    {
        if (events.Read(at + 1) is not { } from)
            return null;

        var joint = from.Span.After;
        if (question[joint] != conjunction && !(conjunction == "to" && question[joint] is "up" && question[joint + 1] is "to"))
            return null;

        return events.Read(joint + (question[joint] is "up" ? 2 : 1)) is { } until ? new IntervalMention(from, until) : null;
    }

    /// <summary>"Between the first and the last colonoscopy": one name for both.</summary>
    private static IntervalMention? Two(QuestionText question, EventReader events, int at)
    {
        var one = question[at + 1] is "the" or "her" or "his" or "my" ? at + 2 : at + 1;
        if (OrderingReader.ReadAt(question, one) is not (EarliestAggregate or NthAggregate) || question[one + 1] is not "and")
            return null;

        return events.Read(one + 2) is { SaysWhich: true } until ? new IntervalMention(until with { Which = OrderingReader.ReadAt(question, one)! }, until) : null;
    }

    /// <summary>"Between the two colonoscopies".</summary>
    private static IntervalMention? Counted(QuestionText question, EventReader events, int at)
    {
        var two = question[at + 1] is "the" or "her" or "his" or "my" or "these" or "those" ? at + 2 : at + 1;
        var end = question[two] is "most" && question[two + 1] is "recent" ? two + 1 : two;
        if (question[end] is "last" or "latest" or "recent" or "first" && question[end + 1] is "two" or "2" && events.Read(end + 2) is { } chosen)
        {
            question.Claim(new TokenSpan(two, end + 2 - two));
            return question[end] is "first"
                ? new IntervalMention(chosen with { Which = new EarliestAggregate(), SaysWhich = true }, chosen with { Which = new NthAggregate(2), SaysWhich = true })
                : new IntervalMention(chosen with { Which = new NthAggregate(-2), SaysWhich = true }, chosen with { Which = new LatestAggregate(), SaysWhich = true });
        }

        if (question[two] is "two" or "2")
        {
            var which = question[two + 1] is "most" ? two + 2 : two + 1;
            if (question[which] is "last" or "latest" or "recent" or "first" && events.Read(which + 1) is { } named)
            {
                question.Claim(new TokenSpan(two, which + 1 - two));
                return question[which] is "first"
                    ? new IntervalMention(named with { Which = new EarliestAggregate(), SaysWhich = true }, named with { Which = new NthAggregate(2), SaysWhich = true })
                    : new IntervalMention(named with { Which = new NthAggregate(-2), SaysWhich = true }, named with { Which = new LatestAggregate(), SaysWhich = true });
            }
        }

        if (question[two] is not ("two" or "2" or "both") || events.Read(two + 1) is not { } both)
            return null;

        question.Claim(new TokenSpan(two, 1));
        return new IntervalMention(both with { Which = new EarliestAggregate(), SaysWhich = true, OfHowMany = 2 }, both with { Which = new NthAggregate(2), SaysWhich = true });
    }

    /// <summary>"How long after the admission was the CT": what was asked for stands behind the verb.</summary>
    private static IntervalMention? Around(QuestionText question, EventReader events, int at)
    {
        if (events.Read(at + 1) is not { } one || question[one.Span.After] is not ("did" or "was" or "were" or "is") || events.Read(one.Span.After + 1) is not { } other)
            return null;

        return question[at] is "before" or "until" ? new IntervalMention(other, one) : new IntervalMention(one, other);
    }
}
