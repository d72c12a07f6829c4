using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Compiling.Medicines;
using MedGemma.Agents.Planning.Builtin.Compiling.Times;
using MedGemma.Agents.Planning.Builtin.Compiling.Visits;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.People;
using MedGemma.Agents.Planning.Builtin.Reading.Plans;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Turns a frame into record queries, or says why it cannot.</summary>
internal sealed class FrameCompiler(PlannerConventions conventions)
{
    // Lines that some charts record as what was done at the bedside.
    private static readonly string[] s_lines = ["peripheral IV", "arterial line", "central line", "PICC line", "urinary catheter", "chest tube", "dialysis catheter", "endotracheal tube"];

    // A day that a clock change makes longer.
    private static readonly TimeSpan s_longestAgeWindow = TimeSpan.FromHours(25);

    private readonly KindChoice _kinds = new(conventions);
    private readonly AggregateChoice _aggregates = new(conventions);

    /// <summary>Compiles a frame.</summary>
    /// <param name="frame">What was understood.</param>
    /// <param name="asOf">The instant of the question.</param>
    /// <param name="hasAny">Whether the record has anything of a kind.</param>
    /// <param name="stands">Whether the record has anything by a name among kinds; no kinds are all.</param>
    /// <param name="inpatient">Classes of inpatient stays, where the record tells them from other stays.</param>
    /// <param name="anchored">The window of the frame's anchor, already looked up, or null, and the kinds that it was chosen by.</param>
    public CompiledClause Compile(QuestionFrame frame, (QueryWindow? Window, IReadOnlyList<RecordKind> RestsOn) anchored, DateTimeOffset asOf, Func<string, IReadOnlyList<RecordKind>, bool> stands, Func<RecordKind, bool> hasAny, IReadOnlyList<string> inpatient)
    {
        var absent = new AbsentKinds(hasAny);
        return absent.Rest(CompileFrame(frame, anchored, asOf, stands, absent.HasAny, inpatient));
    }

    private CompiledClause CompileFrame(QuestionFrame frame, (QueryWindow? Window, IReadOnlyList<RecordKind> RestsOn) anchored, DateTimeOffset asOf, Func<string, IReadOnlyList<RecordKind>, bool> stands, Func<RecordKind, bool> hasAny, IReadOnlyList<string> inpatient)
    {
        if (frame.NotUnderstood.Count > 0)
            return new CompiledClause.NotUnderstood(Explain(frame));

        if (frame is { LastCount: not null, Ordering: not null })
            return new CompiledClause.NotUnderstood("A statistic of only the last ones is not computed; ask for the last ones themselves, or for a time.");

        if (frame is { Ordering: StatisticAggregate { Statistic: Statistic.Sum }, Concepts.Count: > 1 })
            return new CompiledClause.NotUnderstood("A sum of different things means nothing; ask for each.");

        if (frame.Route is not null && _kinds.Choose(frame) is { Count: > 0 } routed && !routed.Any(kind => KindFamilies.AreMedications([kind]) || kind is RecordKind.Immunization))
            return new CompiledClause.NotUnderstood("A route is recorded of medicines and vaccines only.");

        if (frame.Interval is not null)
            return new CompiledClause.NotUnderstood("The question asks for the time between two events and for more; ask for the time alone.");

        var (kinds, elsewhere) = frame.Medicine.Kinds is { } looked ? (looked, null) : KindMending.Mend(frame, MedicineChoice.Kinds(frame) ?? _kinds.Choose(frame), stands, hasAny);

        if (kinds is [RecordKind.MedicationAdministration] && frame.Setting is not null && KindChoice.Leading(frame) is { Name: "medication" } && !hasAny(RecordKind.MedicationAdministration) && !hasAny(RecordKind.MedicationDispense))
            kinds = [RecordKind.MedicationRequest];

        // An emergency department charts what it gives as taken out of its cabinet.
        if (kinds is [RecordKind.MedicationAdministration] && frame.Setting?.Topic.Kinds is [RecordKind.EmergencyVisit] && hasAny(RecordKind.MedicationDispense))
            kinds = [RecordKind.MedicationAdministration, RecordKind.MedicationDispense];
        kinds = VisitSelection.Kinds(frame, kinds, ref elsewhere, stands, hasAny);
        if (elsewhere is not null)
            return new CompiledClause.NotUnderstood(elsewhere);

        // A record that states what is taken and has no orders says of medicines what it has.
        if (kinds is [RecordKind.MedicationRequest] && !hasAny(RecordKind.MedicationRequest) && hasAny(RecordKind.MedicationStatement) && !frame.Topics.Any(mention => mention.Topic.Name is "prescription" or "refills"))
            kinds = [RecordKind.MedicationStatement];

        if (kinds is [RecordKind.Observation] && frame is { Concepts.Count: 0, Asking: Asking.Plain or Asking.All, Times.Count: 0, Ordering: null, Value: null, Statuses.Count: 0 } && anchored.Window is null)
            return new CompiledClause.NotUnderstood("The question does not say which measurement is meant; name it.");

        if (frame.Longest && !KindFamilies.AreStays(kinds))
            return new CompiledClause.NotUnderstood("The longest or the shortest is told of stays; name the kind of stay.");

        if (frame.Ordering is StatisticAggregate or TrendAggregate && frame.Duration is null && kinds.Count > 0 && !kinds.Any(kind => KindFamilies.HasValues([kind]) || kind is RecordKind.Intake))
            return new CompiledClause.NotUnderstood("The question wants numbers of something that has none.");

        if (kinds is [RecordKind.Patient] && frame.Concepts.Count > 0)
            return new CompiledClause.NotUnderstood("The question joins the patient's own data with an event, which is not understood; ask for the time of the event.");

        if (kinds is [RecordKind.Patient] && frame.Topics.Any(mention => mention.Topic.Name == "reason"))
            return new CompiledClause.NotUnderstood("A reason is recorded of visits, orders and procedures; ask for the reason of one.");

        if (frame.Certainty is not null && QualityNarrowing.WhyNoCertainty(frame, ref kinds) is { } uncertain)
            return new CompiledClause.NotUnderstood(uncertain);

        // What a study found is said by its report, whatever else the record has of it.
        if (frame is { AsksFindings: true, ReportsSay: true, Asking: Asking.Plain or Asking.All or Asking.Name } && kinds.Count > 0 && !kinds.Contains(RecordKind.ImagingStudy) && kinds.Any(kind => kind is RecordKind.Procedure or RecordKind.DiagnosticReport or RecordKind.ServiceRequest))
            kinds = [RecordKind.DiagnosticReport];

        // Whether an interpreter is needed is a flag where there is one; the language is told else.
        if (KindChoice.Leading(frame)?.Name == "interpreter" && !stands("interpreter", [RecordKind.Flag]))
            return new CompiledClause.Understood([new RecordQuery(new RecordSelection { Kinds = [RecordKind.Patient], RestsOn = [RecordKind.Flag] }, new LatestAggregate(), ResultElement.Language)], ["No flag says whether an interpreter is needed; the language of the patient is given."]);

        if (frame.Code is not null && kinds.Count == 0)
            kinds = [RecordKind.Condition];

        if (frame.News)
            return CompileNews(frame, anchored.Window, anchored.RestsOn);

        if (kinds.Count == 0)
            return new CompiledClause.NotUnderstood("The question does not say what in the record it is about; name a test, a drug, a diagnosis, a procedure or a visit.");

        if (frame.Tested && frame.Concepts.Count > 0 && kinds is [RecordKind.Condition] && frame.Concepts.All(concept => !concept.Verbatim))
            return new CompiledClause.NotUnderstood("A diagnosis does not say whether it was tested for; name the test.");

        if (kinds is [RecordKind.Device] && frame.Concepts.Count == 0 && !hasAny(RecordKind.Device) && s_lines.Any(line => stands(line, [RecordKind.Procedure])))
            return new CompiledClause.NotUnderstood("The record has no devices as such; lines and tubes may stand among its procedures: name one.");

        // A culture of which only the report is here says in its conclusion what grew.
        if (CultureReports.Of(frame, kinds, stands) is { } cultures)
            return new CompiledClause.Understood([new RecordQuery(cultures with { Window = WindowNarrowing.TryNarrow([.. frame.Times.Select(phrase => phrase.Window).Concat(anchored.Window is { } at ? [at] : [])], out var reported) ? reported : null, RestsOn = [.. anchored.RestsOn, RecordKind.MicrobiologyTest] }, CultureReports.Which(frame), CultureReports.Element(frame))], Readings(frame, kinds));

        // "Which orders are still open" is asked of what was ordered.
        if (KindChoice.Leading(frame)?.Special == "pending" && frame.AsksOrders)
            kinds = [RecordKind.ServiceRequest];

        // Where organisms are no Observations of their own, the cultures say them.
        var byCulture = kinds is [RecordKind.Organism] && !hasAny(RecordKind.Organism) && hasAny(RecordKind.MicrobiologyTest);
        if (byCulture)
            kinds = [RecordKind.MicrobiologyTest];

        if (kinds is [RecordKind.Susceptibility])
            frame = frame with { Value = frame.Value ?? SaidOfOrganism(frame) };

        if (frame.Medicine.UpToDate && frame.Concepts.Count == 0)
            return new CompiledClause.NotUnderstood("Whether vaccines are up to date is judged by a schedule, which a record does not hold; ask for the last one of a vaccine.");

        if (frame.Setting is { Topic.Special: "inpatient" } && inpatient.Count > 0)
            return new CompiledClause.NotUnderstood("The record has inpatient and emergency stays, and not only one of them is meant; ask by the stay or by its dates.");

        if (BillingChoice.Applies(kinds))
        {
            kinds = BillingChoice.Kinds(frame, kinds, hasAny);
            if (frame.Concepts.Count > 0)
                return new CompiledClause.NotUnderstood("What a claim was for is said by its visit; name the visit or its day.");
        }

        var windows = frame.Times.Select(phrase => phrase.Window).ToList();
        if (anchored.Window is { } anchor)
            windows.Add(anchor);
        if (kinds is [RecordKind.Appointment] && frame is { Upcoming: false, Ordering: LatestAggregate } && windows.Count == 0)
            windows.Add(new QueryWindow(null, asOf, "until now"));
        if (kinds is [RecordKind.Appointment] && frame.Upcoming && windows.Count == 0)
            windows.Add(new QueryWindow(asOf, null, "from now on"));
        if (!WindowNarrowing.TryNarrow(windows, out var window))
            return new CompiledClause.NotUnderstood($"The times in the question share no moment: {string.Join("; ", windows.Select(one => one.Text))}.");

        if (frame.Duration is not null && (frame.Concepts.Count > 1 || !KindFamilies.MayLast(kinds)))
            return new CompiledClause.NotUnderstood("The question asks how long something lasts that has no length; name a stay, a diagnosis, a drug or two events.");

        if (KindConditions.FindUnfit(frame, kinds) is { } unfit)
            return new CompiledClause.NotUnderstood(unfit);

        if (frame.Topics.Any(mention => mention.Topic.Current) && window?.Until <= asOf && KindFamilies.AreMedications(kinds) && !frame.Medicine.AtHome && !MedicineChoice.IsTakenThen(frame, kinds, window))
            return new CompiledClause.NotUnderstood("What was taken on a past day is told by asking as of that day.");

        var leading = KindChoice.Leading(frame);
        if (leading?.Element == ResultElement.Age && window is not null && !(window.Until - window.From <= s_longestAgeWindow))
            return new CompiledClause.NotUnderstood("An age is of a day; ask for the age on a date or at an event.");

        var selection = new RecordSelection
        {
            Kinds = kinds,
            Categories = frame.Topics.Select(mention => mention.Topic.Category).FirstOrDefault(category => category is not null) is { } category ? [category] : KindFamilies.AreStays(kinds) && (frame.InpatientOnly || StayClasses.AreInpatients(frame.Topics) || (kinds is [RecordKind.HospitalStay] && leading is { Name: "attending" or "admitter" or "discharger" or "service" })) ? inpatient : kinds is [RecordKind.HospitalStay] ? frame.AdmissionClasses : [],
            Setting = frame.Setting?.Topic.Kinds ?? [],
            Route = frame.Route,
            Via = frame.Via,
            Window = window,
            BeganInWindow = (frame.Moves && window is not null && kinds is [RecordKind.CareUnit]) || frame.Began && window is not null && !KindFamilies.AreStays(kinds) && KindFamilies.AreStates(kinds),
            RecordedInWindow = frame.Recorded && !frame.Began && window is not null && kinds is [RecordKind.Condition] && frame.Anchor is null,
            Value = frame.Value,
            RestsOn = [.. anchored.RestsOn.Union(frame.Medicine.Kinds is null ? KindChoice.OtherwiseChosenBy(frame, (asked, supposed) => Suppose(asked, supposed, stands, hasAny)) : _kinds.OtherwiseChosenBy(frame))],
            CurrentOnly = (frame.Duration is { IsOngoing: true } && (kinds is [RecordKind.Condition] || KindFamilies.AreStays(kinds))) || (frame.Topics.Any(mention => mention.Topic.Current) && !(window?.Until <= asOf)) || (((frame.Now && !(window?.Until <= asOf)) || kinds is [RecordKind.Device] && windows.Count == 0 && !frame.Ever && !frame.Placed && frame.Duration is null && frame.Asking is not Asking.Time && AskedElement.Of(frame, kinds) is null) && KindFamilies.AreStates(kinds)),
        };

        selection = MedicineChoice.Select(frame, selection, asOf);
        if (frame.HasProblemList && kinds is [RecordKind.Condition] && selection.Categories.Count == 0 && frame.Topics.Any(mention => mention.Topic.Name == "problem list"))
            selection = selection with { Categories = ["problem-list-item"] };
        if (frame.CareRole.Count > 0 && kinds is [RecordKind.CareTeam])
        {
            if (!hasAny(RecordKind.CareTeam))
                return new CompiledClause.NotUnderstood("The record has no care team that says who is who; ask who saw the patient, or when.");

            selection = selection with { Where = new ElementFilter(ResultElement.Role, frame.CareRole) };
        }

        switch (VisitSelection.Narrow(frame, kinds, selection))
        {
            case (null, var unread):
                return new CompiledClause.NotUnderstood(unread ?? "");
            case ({ } asked, not null):
                return new CompiledClause.Understood([new RecordQuery(asked, frame.Asking == Asking.Count ? new CountAggregate() : new ExistsAggregate())], Readings(frame, kinds));
            case ({ } narrowed, null):
                selection = narrowed;
                break;
        }

        if (frame.Stay is { } billed && BillingChoice.Applies(kinds))
            selection = selection with { Encounter = billed, Window = null };
        if (frame.Certainty is { } certainty)
            selection = selection with { Verifications = certainty.Verifications };
        if (frame is { CodedOnly: true, HasCodedProcedures: true } && kinds.Contains(RecordKind.Procedure) && frame.Concepts.Count == 0)
            selection = selection with { Kinds = [RecordKind.Procedure], Where = new ElementFilter(ResultElement.IcdCode, []) };
        if (frame.Care.Order is { Priorities: { Count: > 0 } priorities })
            selection = selection with { Where = new ElementFilter(ResultElement.Priority, priorities) };
        // "Flagged for falls" is a flag of the risk of them.
        if (kinds is [RecordKind.Flag] && frame.Concepts is [var risk] && !risk.Names.Any(name => stands(name, kinds)) && stands($"{risk.Words} risk", kinds))
            frame = frame with { Concepts = [risk with { Names = [$"{risk.Words} risk"] }] };
        if (kinds is [RecordKind.Flag] && windows.Count == 0 && frame.Flag is FlagAsk.Current)
            selection = selection with { CurrentOnly = true };
        else if (kinds is [RecordKind.Flag] && frame.Flag is FlagAsk.Over || kinds is [RecordKind.CarePlan] && frame.Care.Plan is PlanAsk.Over)
            selection = selection with { Statuses = ["inactive", "completed", "revoked"], CurrentOnly = false };
        else if (kinds is [RecordKind.CarePlan] && frame.Care.Plan is PlanAsk.Running)
            selection = selection with { CurrentOnly = true };
        if (frame.Care.Contact is { Relation.Count: > 0 } contact && kinds is [RecordKind.Patient])
            selection = selection with { Where = new ElementFilter(ResultElement.ContactRelationship, contact.Relation) };
        if (frame.Relative is { } relative && kinds is [RecordKind.FamilyHistory])
            selection = selection with { Via = relative };
        if (QualityNarrowing.Statuses(frame, kinds) is { } statuses)
            selection = selection with { Statuses = statuses };
        else if (frame.State is not (StateAsk.None or StateAsk.Status))
            return new CompiledClause.NotUnderstood($"What became of {KindNames.Joined(kinds)} was not understood; ask for their status.");

        // The diagnoses of a stay are those that its encounter is recorded for, not all that lasted through it.
        if (frame.Stay is { } stay && kinds is [RecordKind.Condition] && !frame.IsNew && frame.Times.Count == 0)
            selection = frame.StayHasDiagnoses ? selection with { Encounter = stay, WithoutParts = frame.StayIsCoded, Window = null, CurrentOnly = frame.Now, BeganInWindow = false }
                : selection with { Window = selection.Window is { From: { } began } lasted ? lasted with { From = new DateTimeOffset(began.Date, began.Offset) } : selection.Window, Categories = frame.HasEncounterDiagnoses ? ["encounter-diagnosis"] : [], BeganInWindow = true, CurrentOnly = frame.Now };

        (selection, var concepts) = MicrobiologyConcepts.Divide(frame, selection);
        if (kinds is [RecordKind.Susceptibility] && concepts.Any(concept => concept.Kinds.Any(kind => kind is RecordKind.Organism or RecordKind.MicrobiologyTest) && !concept.Kinds.Contains(RecordKind.Susceptibility)))
            return new CompiledClause.NotUnderstood("The organism and the culture are both named; ask by one of them.");

        if (frame is { Detected: true, Asking: Asking.Name, Concepts.Count: > 0 } && kinds.All(kind => kind is RecordKind.LaboratoryResult or RecordKind.Observation))
            return new CompiledClause.NotUnderstood("Which of several tests found something is not told; ask for the result of each.");

        if (frame.NoteWords is { } said)
            selection = selection with { NoteText = said };
        if (kinds is [RecordKind.Document] && frame.MentionsText && concepts.Where(concept => !IsNote(concept, frame)).ToList() is { Count: > 0 } words)
        {
            selection = selection with { NoteText = string.Join(' ', words.Select(concept => concept.Words)) };
            concepts = [.. concepts.Except(words)];
        }

        if (frame.Topics.Any(mention => mention.Topic.IsResolution || mention.Topic.Name == "no longer" && kinds is [RecordKind.Condition]) && !frame.SaysWhen && (KindFamilies.AreStates(kinds) || kinds is [RecordKind.Allergy]))
            selection = selection with { Statuses = ["resolved", "remission", "inactive", "completed"] };

        if (frame.Topics.Any(mention => mention.Topic.Name == "removal") && !kinds.All(kind => kind is RecordKind.Device or RecordKind.Procedure))
            return new CompiledClause.NotUnderstood("What was taken out is a line, a drain or a device; name the one that is meant.");

        if (StoppedOnly.Applies(frame, kinds) && window is not null)
            return new CompiledClause.NotUnderstood("When each drug was stopped is asked of one drug at a time: name it, or ask for those that are stopped.");

        if (StoppedOnly.Applies(frame, kinds))
            selection = StoppedOnly.Of(frame, selection);

        if (frame.Statuses.Count > 0)
            selection = selection with { Statuses = frame.Statuses };
        if (MedicineChoice.IsWhyStopped(frame, kinds))
            selection = MedicineChoice.OfStopped(frame, selection);

        if (leading?.Special == "pending")
        {
            selection = selection with { Statuses = ["registered", "partial", "preliminary", "active", "on-hold"] };
            concepts = PendingSorts.Narrow(frame, concepts, stands, ref selection);
        }
        else if (leading?.Special == "code-status" && concepts.Count == 0)
            return CodeStatusQuery.Compile(frame, selection, stands, Readings(frame, kinds));
        selection = selection with { WithinDaysOfPrevious = frame.ReadmissionDays };

        var readings = Readings(frame, kinds);
        frame = frame with { Concepts = concepts };
        var element = byCulture ? ResultElement.Organism : ElementChoice.Choose(frame, kinds, leading);
        if (element == ResultElement.Reason && kinds is [RecordKind.EmergencyVisit or RecordKind.Encounter] && stands("chief complaint", []))
        {
            return new CompiledClause.Understood(
                [new RecordQuery(selection with { Kinds = [RecordKind.Observation], Concepts = ["chief complaint"], Categories = [], Setting = kinds, RestsOn = [.. selection.RestsOn.Union(kinds)] }, frame.Ordering ?? new ListAggregate(), ResultElement.Value)],
                [.. readings, "The chief complaint is given as the reason."]);
        }

        if (element == ResultElement.BodySite && kinds is [RecordKind.Device])
            return new CompiledClause.NotUnderstood("Where a device lies is said by the procedure that put it there; ask for its site.");

        if (element == ResultElement.Performer && kinds is [RecordKind.Device])
            return new CompiledClause.NotUnderstood("Who placed a device is said by the procedure that put it there; ask who did that.");

        if (frame.AsksFindings && kinds.All(kind => kind is RecordKind.Procedure or RecordKind.ServiceRequest) && concepts.Count > 0 && element is ResultElement.Default or ResultElement.Name && frame.Asking is Asking.Plain or Asking.All)
            return new CompiledClause.NotUnderstood("The record has the procedure, but no report that belongs to it; ask for a measurement or a note.");

        var aggregate = _aggregates.Choose(frame, kinds, ref element);
        if (frame.Each is { } key)
        {
            if (aggregate is TimeBetweenAggregate or ExistsAggregate)
                return new CompiledClause.NotUnderstood("The question wants a result for each of several, of something that has one result.");

            // "Visits per year": how many.
            if (KindFamilies.AreStays(kinds) && key is GroupKey.Year or GroupKey.Month or GroupKey.Day && frame is { Ordering: null, SaysWhen: false } && frame.Asking is Asking.Plain or Asking.All)
                (aggregate, element) = (new CountAggregate(), ResultElement.Default);

            aggregate = aggregate is ListAggregate || (aggregate is LatestAggregate && frame.Ordering is null) ? new ListAggregate() : new GroupAggregate(key, aggregate);
        }

        if (frame.Joined.Count > 0 && concepts.Count <= 1)
            return CompileJoined(frame, selection with { Concepts = [.. concepts.SelectMany(concept => concept.Names)] }, aggregate, readings);

        // Things joined by "or" are one question; named side by side for their values they are one question each.
        var together = concepts.Count <= 1 || aggregate is ExistsAggregate or CountAggregate;
        if (together)
            return new CompiledClause.Understood([new RecordQuery(selection with { Concepts = [.. concepts.SelectMany(c => c.Names)] }, aggregate, element, frame.Unit ?? UnitOfDose(frame, element))], readings);

        // Each thing is of its own kind: an ejection fraction beside a blood pressure is no vital sign.
        if (leading is null)
            return new CompiledClause.Understood(
                [.. concepts.Select(concept => new RecordQuery(selection with { Kinds = _kinds.Choose(frame with { Concepts = [concept] }) is { Count: > 0 } own ? own : kinds, Concepts = concept.Names }, aggregate, element, frame.Unit))],
                readings);

        return new CompiledClause.Understood(
            [.. concepts.Select(concept => new RecordQuery(selection with { Concepts = concept.Names }, aggregate, element, frame.Unit))],
            readings);
    }

    private static string? UnitOfDose(QuestionFrame frame, ResultElement element) => element == ResultElement.Dose && frame.Medicine.Unit is { Length: > 0 } unit ? unit : null;

    /// <summary>The kinds if the record had what is named of a kind besides.</summary>
    private (IReadOnlyList<RecordKind> Kinds, bool CanBeAsked) Suppose(QuestionFrame asked, RecordKind? supposed, Func<string, IReadOnlyList<RecordKind>, bool> stands, Func<RecordKind, bool> hasAny)
    {
        var (kinds, elsewhere) = KindMending.Mend(
            asked,
            MedicineChoice.Kinds(asked) ?? _kinds.Choose(asked),
            (name, among) => stands(name, among) || (supposed is { } kind && (among.Count == 0 || among.Contains(kind)) && asked.Concepts.Any(concept => concept.Supposed == kind && concept.Names.Contains(name))),
            kind => kind == supposed || hasAny(kind));
        return (kinds, elsewhere is null);
    }

    /// <summary>Each element of the same one: what says which one is the same in each query.</summary>
    private static CompiledClause.Understood CompileJoined(QuestionFrame frame, RecordSelection selection, Aggregate aggregate, List<string> readings)
    {
        var which = aggregate is LatestAggregate or EarliestAggregate or NthAggregate or ExtremeAggregate or ListAggregate ? aggregate : new LatestAggregate();
        return new CompiledClause.Understood([.. frame.Joined.Select(element => new RecordQuery(selection, which, element, frame.Unit))], readings);
    }

    private static CompiledClause CompileNews(QuestionFrame frame, QueryWindow? anchored, IReadOnlyList<RecordKind> restsOn)
    {
        var windows = frame.Times.Select(phrase => phrase.Window).ToList();
        if (anchored is not null)
            windows.Add(anchored);
        return !WindowNarrowing.TryNarrow(windows, out var window)
            ? new CompiledClause.NotUnderstood($"The times in the question share no moment: {string.Join("; ", windows.Select(one => one.Text))}.")
            : window is null
                ? new CompiledClause.NotUnderstood("The question does not say since when something is new; name a time or a visit.")
                : new CompiledClause.Understood(NewsQueries.In(window, restsOn), Readings(frame, []));
    }

    private static bool IsNote(ConceptMention concept, QuestionFrame frame) =>
        concept.Kinds.Contains(RecordKind.Document) || frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.Document] && mention.Span == concept.Span);

    private static ValueFilter? SaidOfOrganism(QuestionFrame frame) =>
        frame.Topics.Select(mention => mention.Topic.Value).FirstOrDefault(value => value is not null) is { } comparison ? new ValueFilter(comparison) : null;

    private static List<string> Readings(QuestionFrame frame, IReadOnlyList<RecordKind> kinds)
    {
        var readings = new List<string>();
        foreach (var phrase in frame.Times.Where(phrase => phrase.Reading is not null))
            readings.Add($"\"{phrase.Window.Text}\" is read {phrase.Reading}.");

        if (frame.ExtremeReading is { } extreme)
            readings.Add(extreme);

        if (frame.Medicine.UpToDate)
            readings.Add("The last one is given; whether it is up to date is judged by a schedule, which a record does not hold.");
        if (frame.Topics.Any(mention => mention.Topic.Given) && kinds is [RecordKind.MedicationRequest])
            readings.Add("Orders are counted; that a drug was ordered does not say that it was given.");

        if (frame.Care.Chronic)
            readings.Add(ChronicReader.Answer);
        if (frame.Care.Family == FamilyAsk.CauseOfDeath && kinds is [RecordKind.FamilyHistory])
            readings.Add("The diseases that are recorded of the relative are given; which of them was the cause of death is not said by them.");

        return readings;
    }

    /// <summary>Says what of a frame was not understood, and what was.</summary>
    public static string Explain(QuestionFrame frame)
    {
        var understood = new List<string>();
        understood.AddRange(frame.Concepts.Select(concept => $"\"{concept.Words}\""));
        understood.AddRange(frame.Topics.Where(mention => mention.Topic.Rank > 1).Select(mention => mention.Topic.Name));
        understood.AddRange(frame.Times.Select(phrase => $"the time \"{phrase.Window.Text}\""));
        var unknown = string.Join(", ", frame.NotUnderstood.Select(word => $"\"{word}\""));
        return understood.Count == 0
            ? $"Not understood: {unknown}. Name a test, a drug, a diagnosis, a procedure or a visit of this record, and what you want to know of it."
            : $"Not understood: {unknown}. Understood: {string.Join(", ", understood)}. Put it without the words that were not understood, or with the name used in the record.";
    }
}
