using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Planning.Builtin.Reading.Visits;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Finds a window that is stated by an event, and takes the event's words away from the rest of the question.</summary>
internal static class AnchorReader
{
    /// <summary>Reads the anchor, if there is one; its topic, its concept and its date leave the lists. Where what is new is asked for, the event may be all that is named.</summary>
    public static AnchorMention? Read(
        QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, List<TimePhrase> times, Dictionary<int, (int First, TimeSpan? Length)> lengths, bool asksForNews, bool asksWhereTo)
    {
        var events = new EventReader(question, topics, concepts, times);
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            if (ReadBetween(question, events, i) is { } between && LeavesSomething(between.Event, topics, concepts))
            {
                events.Take(between.Until!);
                return Take(question, events, between, i, lengths);
            }

            if (ReadRelation(question, times, lengths, i, out var words) is not { } relation || events.Read(i + words) is not { } found)
                continue;

            // "In this lab" is where it was measured.
            if (found is { Topic.Topic.Name: "laboratory", Concept: null, Dated: null, SaysWhich: false })
                continue;

            // "Of the last stay" says when; "of the last prescription" and "in the last dose" say which one.
            if (relation is AnchorRelation.During && !SaysWhen(question[i], found))
                continue;

            // Without a preposition only a stay that stands behind what is asked for says when.
            if (words == 0 && (found.Concept is not null || !AreStays(found) || found.Topic!.Topic.Element is not null || question[found.Topic.Span.First] is "seen" or "visited" or "attended" || found.Topic.Topic.Special is not (null or "inpatient") || !concepts.Exists(mention => mention.Span.After <= i)))
                continue;

            // "BP at an outpatient visit", "pulse while on ITU": any of them, so where it was.
            if (relation is AnchorRelation.During or AnchorRelation.At && (question[i + words] is "a" or "an" or "any" || question[i] is "while" or "whilst" || question[i - 1] is "while" or "whilst") && AreStays(found) && !found.SaysWhich && found.Dated is null && found.Concept is null
                && !SettingReader.IsWhatHappened(question, found.Topic!))
                continue;

            if (relation is AnchorRelation.At && !MayBeAt(question, found, i, topics, concepts))
                continue;

            // "the organism in the first blood culture": the culture says which organism, not when.
            if ((found.Topic?.Topic.Name == "microbiology" || found.Concept?.Kinds.Any(kind => kind is RecordKind.Specimen or RecordKind.MicrobiologyTest or RecordKind.Observation) == true)
                && topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Organism] or [RecordKind.Susceptibility]))
                continue;

            // "Where did she go after the November admission": of that one.
            if (asksWhereTo && relation is AnchorRelation.After && AreStays(found) && found.Edge == EventEdge.Start && !LeavesSomething(found, topics, concepts))
                return Take(question, events, new AnchorMention(AnchorRelation.Itself, found, ""), i, lengths);

            // "Where was she discharged to after the hip fracture": from the stay that it was in.
            if (relation is AnchorRelation.After && !AreStays(found) && (asksWhereTo || topics.Exists(mention => IsLeaving(mention) && !IsInside(mention.Span, found.Span))))
                return Take(question, events, new AnchorMention(AnchorRelation.Around, found, ""), i, lengths);

            if (!asksForNews && !LeavesSomething(found, topics, concepts))
                continue;

            // "How old was she at the first admission": when it began.
            if (relation is AnchorRelation.During && topics.Exists(mention => mention.Topic.Name == "age"))
                relation = AnchorRelation.At;

            // "On the 22 May 2020 visit", "at the last check-up": while it lasted; what lasts no time has its day.
            if (relation is AnchorRelation.At && AreStays(found) && question[i] is not "when" && !topics.Exists(mention => mention.Topic.Name == "age") && (question[i + 1] is "the" or "my" or "his" or "her" or "their" or "this") && found.Topic!.Topic is { Element: null, Kinds: not [RecordKind.HospitalStay] })
                relation = AnchorRelation.During;

            if (relation is AnchorRelation.After && AreStays(found) && found.Edge == EventEdge.Start && topics.Exists(mention => IsLeaving(mention) && !IsInside(mention.Span, found.Span)))
                relation = AnchorRelation.Itself;

            return Take(question, events, new AnchorMention(relation, found, "") { OnlyOne = words > 0 && relation is AnchorRelation.During && !found.SaysWhich && found.Dated is null && question[i] is "in" or "at" or "on" && question[i + 1] is not "this" }, i, lengths);
        }

        return ReadAge(question, events, topics, lengths) ?? ReadAgeOf(question, events, topics, concepts, lengths);
    }

    /// <summary>"Age at onset of asthma", "how old was he when the cancer was found", "when she broke her hip": the one thing that is named is the event, whatever stands between.</summary>
    private static AnchorMention? ReadAgeOf(QuestionText question, EventReader events, List<TopicMention> topics, List<ConceptMention> concepts, Dictionary<int, (int First, TimeSpan? Length)> lengths)
    {
        if (!topics.Exists(mention => mention.Topic.Name == "age") || concepts is not [var concept] || topics.Exists(mention => mention.Topic.Kinds is [RecordKind.FamilyHistory]) || events.Read(concept.Span.First) is not { } found)
            return null;

        var isFirst = question.Tokens.Any(token => token.Word is "onset" or "first" or "diagnosed" or "diagnosis" or "found" or "began" or "started" or "developed" or "initial") || concept.Kinds.All(kind => kind is RecordKind.Condition);
        var isLast = question.Tokens.Any(token => token.Word is "last" or "latest");
        if (!found.SaysWhich && isFirst && !isLast)
            found = found with { Which = new EarliestAggregate(), SaysWhich = true };
        // "Age when ... was found", "at onset of": the words that join them.
        for (var i = topics.Find(mention => mention.Topic.Name == "age")!.Span.After; i < concept.Span.First; i++)
            if (question[i] is "when" or "at" or "of" or "the" or "first" or "onset" or "time" or "her" or "his" or "my" or "recorded")
                question.Claim(new TokenSpan(i, 1));
        var anchor = Take(question, events, new AnchorMention(AnchorRelation.At, found, ""), concept.Span.First, lengths);
        return anchor with { Text = $"at {anchor.Text}" };
    }

    /// <summary>"At what age did he have his first colonoscopy": what stands behind the verb is the event.</summary>
    private static AnchorMention? ReadAge(QuestionText question, EventReader events, List<TopicMention> topics, Dictionary<int, (int First, TimeSpan? Length)> lengths)
    {
        if (topics.Find(mention => mention.Topic.Name == "age") is not { } age)
            return null;

        var at = age.Span.After;
        while (question[at] is "did" or "was" or "were" or "is" or "does" or "of" or "for")
            at++;
        if (events.Read(at) is not { } found)
            return null;

        var anchor = Take(question, events, new AnchorMention(AnchorRelation.At, found, ""), at, lengths);
        return anchor with { Text = $"when {anchor.Text}" };
    }

    private static AnchorMention Take(QuestionText question, EventReader events, AnchorMention anchor, int at, Dictionary<int, (int First, TimeSpan? Length)> lengths)
    {
        var after = Math.Max(anchor.Event.Span.After, anchor.Until?.Span.After ?? 0);
        var first = at;
        if (lengths.Remove(at, out var length))
        {
            first = length.First;
            anchor = length.Length is { } within ? anchor with { Within = within } : anchor with { Event = anchor.Event with { Unread = question.Slice(new TokenSpan(first, at - first)) } };
        }

        events.Take(anchor.Event);
        var span = new TokenSpan(first, after - first);
        question.Claim(span);
        return anchor with { Text = question.Slice(span) };
    }

    private static AnchorMention? ReadBetween(QuestionText question, EventReader events, int at) =>
        question[at] is "between" && events.Read(at + 1) is { } from && question[from.Span.After] is "and" && events.Read(from.Span.After + 1) is { } until
            ? new AnchorMention(AnchorRelation.Since, from, "") { Until = until }
            : null;

    /// <summary>What is left must still say what is asked for; "since the last admission" alone asks for nothing else.</summary>
    private static bool LeavesSomething(EventMention found, List<TopicMention> topics, List<ConceptMention> concepts) =>
        concepts.Exists(mention => mention != found.Concept && !IsInside(mention.Span, found.Span))
        || topics.Exists(mention => mention.Topic.Kinds.Count > 0 && mention != found.Topic && !IsInside(mention.Span, found.Span));

    private static bool IsLeaving(TopicMention mention) => mention.Topic is { Kinds: [RecordKind.HospitalStay], Element: ResultElement.End or ResultElement.DischargeDisposition };

    private static bool IsInside(TokenSpan span, TokenSpan outer) => span.First >= outer.First && span.After <= outer.After;

    private static bool SaysWhen(string word, EventMention found) =>
        word is "of" or "for"
            ? AreStays(found) && found.Topic!.Topic.Element is null
            : found.Topic?.Topic.Kinds is not { Count: > 0 } kinds || !KindFamilies.AreMedications(kinds);

    private static bool AreStays(EventMention found) =>
        found.Topic?.Topic.Kinds is [RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit or RecordKind.OutpatientVisit or RecordKind.Encounter];

    /// <summary>"NT-proBNP at the diagnosis of heart failure", "how old was she when she had the appendectomy": a value, or an age, at an event; a drug is not asked for so.</summary>
    private static bool MayBeAt(QuestionText question, EventMention found, int at, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        if (question[at] is "when" && TimeAdverbials.IsAskedWhen(question, at))
            return false;

        // "Potassium on metformin" is while it was taken.
        if (found.Topic is null && (question[at] is "on" || (!found.Begins && found.Edge == EventEdge.Start && found.Concept!.Kinds.Any(kind => kind is RecordKind.Medication or RecordKind.MedicationRequest))))
            return false;

        // "Ward at discharge", "the unit on admission".
        if (AreStays(found) && topics.Exists(mention => mention.Topic.Kinds is [RecordKind.CareUnit] && !IsInside(mention.Span, found.Span)))
            return true;

        return topics.Exists(mention => mention.Topic.Name == "age" && !IsInside(mention.Span, found.Span))
            || concepts.Exists(mention => mention != found.Concept && !IsInside(mention.Span, found.Span) && mention.Kinds.Any(kind => kind is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign));
    }

    private static AnchorRelation? ReadRelation(QuestionText question, List<TimePhrase> times, Dictionary<int, (int First, TimeSpan? Length)> lengths, int at, out int words)
    {
        var next = question[at + 1];
        (AnchorRelation? relation, words) = question[at] switch
        {
            "during" or "throughout" or "while" or "whilst" => (AnchorRelation.During, 1),
            "of" or "from" when IsDaysOf(question, at, lengths) => (AnchorRelation.After, 1),
            "on" or "in" or "at" or "of" or "for" when next is "the" or "my" or "his" or "her" or "their" or "this"
                && (OrderingReader.ReadAt(question, at + 2) is not null || next is "this" || times.Exists(phrase => phrase.Span.First == at + 2)) => (AnchorRelation.During, 1),
            // "Peak lactate this admission", "K last admission".
            "this" or "current" or "last" or "latest" or "first" => (AnchorRelation.During, 0),
            "of" or "from" when lengths.ContainsKey(at) => (AnchorRelation.After, 1),
            "before" or "until" or "till" or "preceding" => (AnchorRelation.Before, 1),
            "prior" when next is "to" => (AnchorRelation.Before, 2),
            "after" or "following" => (AnchorRelation.After, 1),
            "since" => (AnchorRelation.Since, 1),
            "at" or "upon" or "on" or "when" => (AnchorRelation.At, 1),
            _ => ((AnchorRelation?)null, 0),
        };
        return relation;
    }

    /// <summary>"Within 30 days of the June discharge".</summary>
    private static bool IsDaysOf(QuestionText question, int at, Dictionary<int, (int First, TimeSpan? Length)> lengths) =>
        !lengths.ContainsKey(at) && question[at - 1] is "days" or "day" or "weeks" or "months" && question.IsClaimed(at - 1);
}
