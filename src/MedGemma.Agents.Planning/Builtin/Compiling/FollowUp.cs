using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Completes an elliptical question from the one before it in the session: "and before that?", "what about his weight?", "in 2019?".</summary>
internal static partial class FollowUp
{
    /// <summary>Whether the clause leans on the one before it.</summary>
    public static bool LeansOnEarlier(string clause, QuestionFrame frame) =>
        ((HowOften().IsMatch(clause) || WhenTaken().IsMatch(clause) || WhichOne().IsMatch(clause) || WhichActive().IsMatch(clause)) && frame.Concepts.Count == 0) || Opening().IsMatch(clause) || OfIt().IsMatch(clause) || AsksItsValue(clause, frame) || (frame.Concepts.Count == 0 && !frame.Topics.Any(mention => mention.Topic.Kinds.Count > 0));

    /// <summary>"Which beta-blocker is she on, and what dose?": how what the clause before names is taken.</summary>
    public static bool AsksOfItsTaking(QuestionFrame frame, RecordQuery earlier) =>
        frame is { Concepts.Count: 0, Topics.Count: > 0, Times.Count: 0 } && earlier.Selection.Concepts.Count > 0 && KindFamilies.AreMedications(earlier.Selection.Kinds)
        && frame.Topics.All(mention => mention.Topic.Element is ResultElement.Dose or ResultElement.Route or ResultElement.Frequency or ResultElement.DosageInstruction);

    /// <summary>"When was the last jab, and which dose was it?": the dose of no medicine.</summary>
    public static bool AsksDoseOfOther(QuestionFrame frame, RecordQuery earlier) =>
        frame is { Concepts.Count: 0, Times.Count: 0, Topics: [{ Topic.Name: "dose" }] } && !KindFamilies.AreMedications(earlier.Selection.Kinds);

    /// <summary>Whether the clause only asks for what the one before it asks whether there is: its answer answers both.</summary>
    public static bool AnswersBoth(string clause) => WhichOne().IsMatch(clause) || WhatItSays().IsMatch(clause);

    /// <summary>The earlier query with what the clause changes of it, or null when the clause changes nothing that is understood.</summary>
    public static RecordQuery? Complete(string clause, QuestionFrame frame, RecordQuery earlier, IReadOnlyList<RecordKind> kinds)
    {
        // What only a whole question can say is read as one.
        if (frame.NotUnderstood.Count > 0 && !HowOften().IsMatch(clause) || frame.Value is not null || frame.Anchor is not null || frame.LastCount is not null || frame.Each is not null || frame.Duration is not null
            || frame.Joined.Count > 0 || (frame.Asking is Asking.Count or Asking.YesNo or Asking.Duration && !HowOften().IsMatch(clause)))
            return null;

        // "Which statin is she on, and how often?"
        if (HowOften().IsMatch(clause) && KindFamilies.AreMedications(earlier.Selection.Kinds) && earlier.Selection.Concepts.Count > 0)
            return earlier with { Aggregate = earlier.Aggregate is LatestAggregate ? earlier.Aggregate : new ListAggregate(), Element = ResultElement.Frequency, Unit = null };

        // "Is she on a statin, and which one?"
        if (WhichOne().IsMatch(clause) && earlier.Aggregate is ExistsAggregate or CountAggregate)
            return earlier with { Aggregate = new ListAggregate(Distinct: true), Element = ResultElement.Name };

        // "Any food allergy? To what?": the list says it already.
        if (WhichOne().IsMatch(clause) && earlier is { Aggregate: ListAggregate, Element: ResultElement.Name })
            return earlier;

        // "Has she a statin? Which one is active?"
        if (WhichActive().IsMatch(clause) && KindFamilies.AreStates(earlier.Selection.Kinds))
            return earlier with { Selection = earlier.Selection with { CurrentOnly = true }, Aggregate = new ListAggregate(Distinct: true), Element = ResultElement.Name };

        // "Which dose, and when is it taken?": at what time of the day.
        if (WhenTaken().IsMatch(clause) && KindFamilies.AreMedications(earlier.Selection.Kinds) && earlier.Selection.Concepts.Count > 0)
            return earlier with { Element = ResultElement.DosageInstruction, Unit = null };

        // "Any interaction alerts? What do they say?"
        if (WhatItSays().IsMatch(clause) && earlier.Selection.Kinds is [RecordKind.DetectedIssue])
            return earlier with { Aggregate = new ListAggregate(), Element = ResultElement.Text };

        var query = earlier;
        var changed = false;
        if (frame.Concepts.Count > 0)
        {
            query = query with
            {
                Selection = query.Selection with
                {
                    Kinds = kinds.Count > 0 ? kinds : query.Selection.Kinds,
                    Concepts = [.. frame.Concepts.SelectMany(concept => concept.Names)],
                },
            };
            changed = true;
        }
        else if (AsksItsValue(clause, frame) && KindFamilies.HasValues(query.Selection.Kinds))
        {
            query = query with { Aggregate = query.Aggregate is ExistsAggregate or CountAggregate ? new LatestAggregate() : query.Aggregate, Element = ResultElement.Default };
            changed = true;
        }
        else if (kinds.Count > 0 && !OfIt().IsMatch(clause) && !kinds.SequenceEqual(query.Selection.Kinds) && !AsksOfItsTaking(frame, earlier))
        {
            query = query with { Selection = query.Selection with { Kinds = kinds } };
            changed = true;
        }

        if (frame.Times.Count > 0 && WindowNarrowing.TryNarrow([.. frame.Times.Select(phrase => phrase.Window)], out var window))
        {
            query = query with { Selection = query.Selection with { Window = window } };
            changed = true;
        }

        if (BeforeThat().IsMatch(clause) && Step(query.Aggregate) is { } stepped)
        {
            query = query with { Aggregate = stepped };
            changed = true;
        }
        else if (frame.Ordering is { } ordering)
        {
            query = query with { Aggregate = ordering };
            changed = true;
        }

        if (frame.Unit is { } unit)
        {
            query = query with { Unit = unit };
            changed = true;
        }

        if (frame.Asking == Asking.Time)
        {
            query = query with { Element = ResultElement.Start, Aggregate = query.Aggregate is ExistsAggregate or CountAggregate ? new ListAggregate() : query.Aggregate };
            changed = true;
        }
        else if (frame.Topics.Select(mention => mention.Topic.Element).FirstOrDefault(element => element is not null and not ResultElement.Name) is { } element)
        {
            // "Which were stopped, and why?"
            var ofStatus = element == ResultElement.Reason && (earlier.Selection.NotCounted.Count > 0 || (earlier.Element == ResultElement.End && KindFamilies.AreMedications(earlier.Selection.Kinds)) || earlier.Selection.Statuses.Any(status => status is "stopped" or "on-hold" or "not-done" or "cancelled" or "revoked"));
            query = query with { Element = ofStatus ? ResultElement.StatusReason : element };
            changed = true;
        }
        else if (frame.Asks.Who)
        {
            query = query with { Element = ResultElement.Performer };
            changed = true;
        }

        // "Has she had one? When?": of what was found, not whether.
        if (query.Element != earlier.Element && query.Aggregate is ExistsAggregate or CountAggregate)
            query = query with { Aggregate = new ListAggregate() };

        return changed ? query : null;
    }

    /// <summary>"... and what is its value?"</summary>
    private static bool AsksItsValue(string clause, QuestionFrame frame) =>
        frame.Concepts.Count == 0 && frame.Topics.Count > 0 && frame.Topics.All(mention => mention.Topic.Name == "observation") && Its().IsMatch(clause);

    [GeneratedRegex(@"\b(?:its|it|that one|that)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Its();

    // "... and when was it taken?", "who recorded it?": taken is no intake.
    [GeneratedRegex(@"^\s*(?:and\s+)?(?:when|at what time|what time|on what date|by whom|who|where)\s+(?:(?:was|is|were|are)\s+(?:it|that|this|they|these)\s*(?:last\s+)?(?:taken|done|measured|recorded|checked|drawn|made|performed|collected|charted|documented)?|(?:took|did|measured|recorded|checked|performed|made|charted)\s+(?:it|that|this|them))\s*\??\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex OfIt();

    private static NthAggregate? Step(Aggregate aggregate) => aggregate switch
    {
        LatestAggregate => new NthAggregate(-2),
        NthAggregate { N: < 0 } nth => new NthAggregate(nth.N - 1),
        _ => null,
    };

    [GeneratedRegex(@"^\s*(?:and|what about|how about|same for|also|before that|the one before)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^\s*(?:and\s+)?how\s+(?:often|frequently)(?:\s+(?:a|per)\s+day)?(?:\s+(?:is|are|may|can|should|must|does|do|to)\b.*)?\s*\??\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex HowOften();

    [GeneratedRegex(@"^\s*(?:and\s+)?when\s+(?:is|are|should)\s+(?:it|they)\s+(?:to\s+be\s+|be\s+)?(?:taken|given|injected)\s*\??\s*$|^\s*(?:and\s+)?when\s+does\s+(?:he|she|the\s+patient)\s+(?:take|inject)\s+(?:it|them)\s*\??\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex WhenTaken();

    [GeneratedRegex(@"^\s*(?:and\s+)?which\s+(?:one|ones|of\s+them|of\s+these)?\s*(?:is|are)\s+(?:still\s+|currently\s+)?(?:active|current|being\s+taken|taken|ongoing)(?:\s+now)?\s*\??\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex WhichActive();

    [GeneratedRegex(@"^\s*(?:and\s+)?(?:which|what)(?:\s+(?:one|ones|is it|are they))?\s*\??\s*$|^\s*(?:and\s+)?to\s+(?:what|which|which\s+ones?)\s*\??\s*$|^\s*name (?:it|them)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex WhichOne();

    [GeneratedRegex(@"^\s*(?:and\s+)?what (?:does|do|did) (?:it|they|that|the alert) say\s*\??\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex WhatItSays();

    [GeneratedRegex(@"\b(?:before that|the one before|the previous one|prior to that)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex BeforeThat();
}
