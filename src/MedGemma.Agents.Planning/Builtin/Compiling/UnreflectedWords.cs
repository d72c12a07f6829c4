using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Compiling.Visits;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>
/// Finds the words that change what a question asks and that none of its queries reflects. Readers look for constructions; this looks at the words, so that a construction that
/// no reader knows ("the highest each year", "anything new since ...") is not answered as if the words were not there.
/// </summary>
internal static class UnreflectedWords
{
    /// <summary>The words as written, empty when all are reflected.</summary>
    /// <param name="question">The clause, with what its readers claimed.</param>
    /// <param name="frame">What was read of it.</param>
    /// <param name="queries">What became of it.</param>
    public static IReadOnlyList<string> Find(QuestionText question, QuestionFrame frame, IReadOnlyList<RecordQuery> queries)
    {
        var words = new List<string>();
        for (var i = 0; i < question.Count; i++)
            if (!question.IsClaimed(i) && !IsReflected(question, i, frame, queries))
                words.Add(question.Slice(new TokenSpan(i, 1)));

        // A month beside a discharge says which discharge, not when the readmission was.
        if (frame is { ReadmissionDays: not null, Times: [var time, ..] } && question.Tokens.Any(token => token.Word is "discharge" or "discharged"))
            words.Add(question.Slice(time.Span));

        // "Who prescribed the ceftriaxone" is asked of no measurement of ceftriaxone, "which drugs" of no orders of tests.
        for (var i = 0; i < question.Count && frame.Anchor is null; i++)
            if (question[i] is "prescribed" or "prescribes" or "prescribing" or "prescriber" or "dispensed" or "administered" or "infused" && queries.All(query => query.Selection.Kinds.All(IsNoTreatment)))
                words.Add(question.Slice(new TokenSpan(i, 1)));
        foreach (var mention in frame.Topics)
            if (IsOfTreatment(question, mention) && frame.Code is null && frame.Anchor is null && !frame.Topics.Any(other => other.Topic is { Rank: > 2, Special: null } && other.Topic.Kinds.Any(kind => IsNoTreatment(kind) && kind is not RecordKind.ServiceRequest)) && queries.All(query => query.Selection.Kinds.All(IsNoTreatment) && query.Selection.Kinds.Any(kind => kind is RecordKind.Condition or RecordKind.ServiceRequest)))
                words.Add(question.Slice(mention.Span));

        // "Lipid panels - how many cholesterol values": of the one among the other, and not of both.
        for (var i = 1; i < frame.Concepts.Count && queries.Any(query => query.Aggregate is CountAggregate); i++)
            if (frame.Concepts[i].Span.First > frame.Concepts[i - 1].Span.After && !AreListed(question, frame.Concepts[i - 1].Span.After, frame.Concepts[i].Span.First) && !frame.Concepts[i].Kinds.Concat(frame.Concepts[i - 1].Kinds).Any(IsMicrobiology))
                words.Add(question.Slice(frame.Concepts[i].Span));

        // "How many encounters ... in pregnancy": what is counted is what is asked to be.
        foreach (var mention in frame.Topics)
            if (IsCounted(question, mention) && !queries.Any(query => query.Selection.Kinds.Any(kind => KindFamilies.AreStays([kind]) || kind is RecordKind.Appointment)))
                words.Add(question.Slice(mention.Span));

        foreach (var mention in frame.Topics)
            if (IsLostDischarge(mention, frame, queries) || (mention.Topic is { Rank: 0, Element: { } element } && !IsElementReflected(mention, element, frame, queries)) || !IsKindReflected(mention, frame, queries))
                words.Add(question.Slice(mention.Span));

        return words;
    }

    private static bool IsReflected(QuestionText question, int at, QuestionFrame frame, IReadOnlyList<RecordQuery> queries)
    {
        var (before, next) = (question[at - 1], question[at + 1]);
        return question[at] switch
        {
            "new" or "newly" => queries.Any(query => Began(query) || query.Element == ResultElement.Start),
            "highest" or "maximum" or "maximal" or "max" or "peak" or "lowest" or "minimum" or "minimal" or "min" or "nadir" => frame.BetweenExtremes || queries.Any(query => Of(query) is ExtremeAggregate),
            "longest" or "shortest" => queries.Any(query => Of(query) is ExtremeAggregate),
            "average" or "mean" or "avg" => queries.Any(query => Of(query) is StatisticAggregate { Statistic: Statistic.Mean }),
            "median" => queries.Any(query => Of(query) is StatisticAggregate { Statistic: Statistic.Median }),
            "sum" => queries.Any(query => Of(query) is StatisticAggregate { Statistic: Statistic.Sum }),
            "trend" or "trending" or "trends" or "trended" or "trajectory" or "climbing" or "dropping" or "increasing" or "decreasing" or "rising" or "falling" or "improving" or "worsening"
                or "rise" or "rises" or "climb" or "climbed" or "drop" or "drops" or "dropped" or "dip" or "dipped" or "difference" or "delta" => queries.Any(IsOfChange),
            "change" or "changed" => queries.Any(query => IsOfChange(query) || Began(query) || Of(query) is ListAggregate),
            "time" when before is "over" => queries.Any(query => Of(query) is TrendAggregate or ListAggregate or DeltaAggregate),
            "time" or "date" or "year" or "month" when before is "what" or "which" || (next is "of" && at < 2) => queries.Any(AnswersWhen),
            "route" => queries.Any(query => query.Element is ResultElement.Route or ResultElement.DosageInstruction || query.Selection.Route is not null),
            "how" when next is "did" or "was" && question[at + 2] is "he" or "she" or "they" or "i" => queries.Any(query => query.Element is ResultElement.Reaction or ResultElement.DosageInstruction or ResultElement.AdmissionSource or ResultElement.DischargeDisposition or ResultElement.Route),
            "high" or "low" => queries.Any(query => Of(query) is ExtremeAggregate || query.Selection.Value is not null),
            "than" or "else" or "no" => false,
            "per" => queries.Any(query => query.Aggregate is GroupAggregate || query.Element is ResultElement.Frequency or ResultElement.Dose or ResultElement.DosageInstruction),
            "each" or "every" => queries.Any(query => query.Aggregate is GroupAggregate or ListAggregate),
            "most" => before is "at" || next is "recent" or "recently" or "latest" or "current" || question[at - 2] is "second" or "third",
            "since" => next is "when" || queries.Any(query => query.Aggregate is DeltaAggregate { Last: not null }) || at == question.Count - 1 || queries.Any(IsOfBeginning),
            "before" => at == question.Count - 1 || queries.Any(query => query.Aggregate is NthAggregate),
            "after" or "until" or "till" or "ago" or "within" => false,
            "while" => frame.Anchor is not null,
            "during" => next is "which" or "what" || question[at + 2] is "last" or "first" or "period" or "time" || question[at + 3] is "occurrence",
            "between" => queries.Any(IsOfChange),
            "why" => queries.Any(query => query.Element is ResultElement.Reason or ResultElement.StatusReason || IsChiefComplaint(query)),
            "who" or "whom" or "whose" when at == 0 || before is "and" or "by" or "tell" or "me" or "know" => queries.Any(AnswersWho),
            "where" => queries.Any(AnswersWhere),
            "many" or "often" or "count" or "tally" when before is "how" or "" && question[at + 2] is not "old" => queries.Any(query => Of(query) is CountAggregate || query.Selection.Kinds is [RecordKind.SocialHistory] || query.Element == ResultElement.Frequency),
            "number" when next is "of" => queries.Any(query => Of(query) is CountAggregate),
            "long" when before is "how" => queries.Any(query => query.Element == ResultElement.Duration || query.Aggregate is TimeBetweenAggregate),
            "when" => !TimeAdverbials.IsAskedWhen(question, at) || question.Count > 1 && before is "since" || queries.Any(query => query.Element is ResultElement.Start or ResultElement.End or ResultElement.BirthDate or ResultElement.Deceased or ResultElement.OnsetAge or ResultElement.AgeAtDeath or ResultElement.DosageInstruction || IsOfBeginning(query)),
            "soon" or "quickly" => false,
            "total" or "altogether" => queries.Any(query => Of(query) is CountAggregate or StatisticAggregate { Statistic: Statistic.Sum }),
            "still" or "currently" or "ongoing" or "active" or "presently" => queries.Any(IsOfNow),
            "upcoming" or "future" => queries.Any(IsToCome),
            "scheduled" => !queries.Any(query => KindFamilies.AreMedications(query.Selection.Kinds)),
            "next" => queries.Any(query => IsToCome(query) || query.Aggregate is NthAggregate),
            _ when Numbers.TryOrdinal(question[at], out var n) && n > 1 => queries.Any(query => Of(query) is NthAggregate),
            _ => true,
        };
    }

    private static bool AreListed(QuestionText question, int from, int until)
    {
        for (var i = from; i <= until; i++)
            if ((i < until && question[i] is "and" or "or" or "plus" or "nor" or "to" or "versus" or "vs") || question.Gap(i).AsSpan().IndexOfAny(',', '/', '+') >= 0 || question.Gap(i).Contains('(', StringComparison.Ordinal))
                return true;

        return false;
    }

    private static bool IsOfTreatment(QuestionText question, TopicMention mention) => mention.Topic.Name is "medication" || (mention.Topic.Given && question[mention.Span.First] is "given" or "received" or "receive");

    private static bool IsNoTreatment(RecordKind kind) => KindFamilies.HasValues([kind]) && kind is not RecordKind.Susceptibility || kind is RecordKind.Condition or RecordKind.ServiceRequest or RecordKind.DiagnosticReport;

    private static bool IsCounted(QuestionText question, TopicMention mention) =>
        mention.Topic is { Kinds.Count: > 0, Rank: > 1, Element: null } && KindFamilies.AreStays(mention.Topic.Kinds) && ((question[mention.Span.First - 1] is "many" && question[mention.Span.First - 2] is "how") || (question[mention.Span.First - 1] is "of" && question[mention.Span.First - 2] is "number"));

    /// <summary>A discharge beside an admission, or asked by yes or no, is an end that the query must give.</summary>
    private static bool IsLostDischarge(TopicMention mention, QuestionFrame frame, IReadOnlyList<RecordQuery> queries) =>
        mention.Topic is { Name: "discharge" } && frame.ReadmissionDays is null && KindFamilies.AreStays(queries[0].Selection.Kinds) && queries[0].Aggregate is not CountAggregate
        && !queries.Any(query => query.Element is ResultElement.End or ResultElement.DischargeDisposition or ResultElement.Duration or ResultElement.Discharger || query.Aggregate is TimeBetweenAggregate or ExistsAggregate);

    private static Aggregate Of(RecordQuery query) => query.Aggregate is GroupAggregate group ? group.Each : query.Aggregate;

    private static bool IsOfChange(RecordQuery query) => Of(query) is TrendAggregate or DeltaAggregate or ChangedAggregate or ExtremeAggregate;

    private static bool IsOfBeginning(RecordQuery query) =>
        query.Element is ResultElement.Start or ResultElement.Duration || query.Aggregate is EarliestAggregate or TimeBetweenAggregate || query.Selection.BeganInWindow;

    // What is an event began when it happened; a state that merely lasted in a window is not new in it.
    private static bool Began(RecordQuery query) =>
        query.Selection.BeganInWindow || Of(query) is EarliestAggregate
        || (query.Selection.Window is not null && (!KindFamilies.AreStates(query.Selection.Kinds) || KindFamilies.AreStays(query.Selection.Kinds)));

    private static bool IsOfNow(RecordQuery query) =>
        query.Selection.CurrentOnly || query.Selection.Statuses.Count > 0 || Of(query) is LatestAggregate || query.Element is ResultElement.Status
        || query.Selection.Kinds is [RecordKind.Patient] || !KindFamilies.AreStates(query.Selection.Kinds);

    private static bool IsToCome(RecordQuery query) =>
        query.Selection.Kinds.Any(kind => kind is RecordKind.Appointment or RecordKind.ServiceRequest or RecordKind.CarePlan or RecordKind.Goal);

    private static bool AnswersWhen(RecordQuery query) =>
        query.Element is ResultElement.Start or ResultElement.End or ResultElement.BirthDate or ResultElement.Deceased or ResultElement.Duration || query.Aggregate is TimeBetweenAggregate or GroupAggregate
        || (KindFamilies.HasValues(query.Selection.Kinds) && query.Element == ResultElement.Value);

    private static bool AnswersWho(RecordQuery query) =>
        query.Element is ResultElement.Performer or ResultElement.PatientName or ResultElement.Attender or ResultElement.Admitter or ResultElement.Referrer or ResultElement.Discharger or ResultElement.Payer or ResultElement.Contact or ResultElement.ContactTelecom or ResultElement.ContactRelationship
        || query.Selection.Kinds.Any(kind => kind is RecordKind.CareTeam or RecordKind.FamilyHistory or RecordKind.Patient);

    private static bool AnswersWhere(RecordQuery query) =>
        query.Element is ResultElement.Location or ResultElement.BodySite or ResultElement.Address or ResultElement.ServiceProvider or ResultElement.AdmissionSource or ResultElement.DischargeDisposition
        || query.Selection.Kinds.Contains(RecordKind.CareUnit);

    /// <summary>What a question is about besides ("discharge diagnoses", "the ward of the last ICU stay") must be of the same sort as what is looked through.</summary>
    private static bool IsKindReflected(TopicMention mention, QuestionFrame frame, IReadOnlyList<RecordQuery> queries) =>
        mention.Topic is { Rank: < 4 } or { Kinds.Count: 0 } or { Special: not null } || KindFamilies.AreMedications(mention.Topic.Kinds)
        || frame.Concepts.Any(concept => concept.Span.Overlaps(mention.Span))
        || (mention.Topic.Element is { } element && queries.Any(query => query.Element == element))
        || (frame.Attends && mention.Topic.Kinds is [RecordKind.Appointment] && queries.Any(query => KindFamilies.AreStays(query.Selection.Kinds)))
        || queries.Any(query => mention.Topic.Kinds.Any(query.Selection.Setting.Contains))
        || queries.Any(query => mention.Topic.Kinds.Any(kind => query.Selection.Kinds.Any(searched => AreOfOneSort(kind, searched))))
        || (mention.Topic.Kinds.All(IsMicrobiology) && queries.Any(query => query.Selection.RestsOn.Any(IsMicrobiology) && query.Selection.Kinds.Contains(RecordKind.DiagnosticReport)))
        || (mention.Topic.Kinds is [RecordKind.Condition] && queries.Any(query => query.Selection.Kinds is [RecordKind.FamilyHistory]))
        || (BillingChoice.Applies(mention.Topic.Kinds) && queries.Any(query => BillingChoice.Applies(query.Selection.Kinds)));

    private static bool AreOfOneSort(RecordKind one, RecordKind other) =>
        one == other || (KindFamilies.AreMedications([one]) && KindFamilies.AreMedications([other])) || (KindFamilies.AreStays([one]) && KindFamilies.AreStays([other]))
        || (KindFamilies.HasValues([one]) && KindFamilies.HasValues([other])) || (IsMicrobiology(one) && IsMicrobiology(other));

    private static bool IsMicrobiology(RecordKind kind) => kind is RecordKind.Organism or RecordKind.Susceptibility or RecordKind.MicrobiologyTest or RecordKind.Specimen;

    private static bool IsChiefComplaint(RecordQuery query) => query.Selection.Concepts is ["chief complaint"];

    private static bool IsElementReflected(TopicMention mention, ResultElement element, QuestionFrame frame, IReadOnlyList<RecordQuery> queries) =>
        element == ResultElement.Name
        || (element == ResultElement.Reason && queries.Any(IsChiefComplaint))
        || queries.Any(query => query.Element == element)
        || (element is ResultElement.Severity && queries.Any(query => query.Element == ResultElement.Criticality))
        || (element is ResultElement.Reason or ResultElement.End && queries.Any(query => query.Element == ResultElement.StatusReason))
        || (element is ResultElement.Status or ResultElement.Interpretation && queries.Any(query => query.Element == ResultElement.Text))
        || (mention.Topic.IsResolution && queries.Any(query => query.Selection.Statuses.Count > 0))
        || (element == ResultElement.End && queries.Any(query => query.Selection.Statuses.Count > 0 || query.Element == ResultElement.Status || KindFamilies.HasValues(query.Selection.Kinds)))
        || (element == ResultElement.BodySite && queries.Any(query => query.Element == ResultElement.Location))
        || frame.Concepts.Any(concept => concept.Span.Overlaps(mention.Span));
}
