using System.Globalization;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Builtin.Compiling;
using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Compiling.Medicines;
using MedGemma.Agents.Planning.Builtin.Compiling.Times;
using MedGemma.Agents.Planning.Builtin.Compiling.Visits;
using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Planning.Builtin.Reading.Values;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Builtin;

/// <summary>
/// Plans English questions by grammar and by what their words mean in the record, without a model.
/// What it does not understand it says; it never guesses. Safe for concurrent use.
/// </summary>
/// <param name="resolver">Finds what words mean in a record.</param>
/// <param name="vocabulary">Says what words mean that a record has nothing for.</param>
/// <param name="engine">Looks up the events that a question's windows hang on.</param>
/// <param name="units">Tells units from words.</param>
/// <param name="conventions">Readings that English leaves open.</param>
public sealed class BuiltinPlanner(IConceptResolver resolver, ConceptVocabulary vocabulary, IRecordQueryEngine engine, IUnitConverter units, PlannerConventions conventions) : IPlanner
{
    private static readonly MisspeltWords s_misspelt = new(PlannerLexicon.Default);

    private readonly FrameCompiler _compiler = new(conventions);
    private readonly PinnedComparison _comparison = new(engine);
    private readonly DrugChanges _drugs = new(engine, resolver, vocabulary);
    private readonly ExtremeDifference _differences = new(engine);
    private readonly StayNarrowing _stays = new(engine);
    private readonly BillingNarrowing _billing = new(engine);
    private readonly NoteNarrowing _notes = new(engine);
    private readonly TextQuote _quotes = new(engine);
    private readonly ReportFindings _reports = new(engine);
    private readonly ReportMention _saidInReports = new(engine, vocabulary, PlannerLexicon.Default);
    private readonly DurationCheck _durations = new(engine);
    private readonly ValueAtTime _valueAtTime = new(engine);
    private readonly Panels _panels = new(engine, vocabulary);
    private readonly CountedUnits _counted = new(engine, units);
    private readonly VisitDiagnoses _visits = new(engine);
    private readonly DoseWording _doses = new(engine);
    private readonly ResolvedAllergies _allergies = new(engine);
    private readonly UnchartedDoses _uncharted = new(engine, resolver);
    private readonly NoneProbes _nones = new(engine, resolver, new AnchorLookup(engine, conventions));
    private readonly VisitMending _mending = new(engine);
    private readonly IntervalLookup _intervals = new(engine, conventions);

    /// <inheritdoc/>
    public string Name => "builtin";

    /// <inheritdoc/>
    public Task<Plan> PlanAsync(PatientRecord record, ChartQuestion question, QueryContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Plan(record, question, context));
    }

    private Plan Plan(PatientRecord record, ChartQuestion question, QueryContext context)
    {
        var (plain, asides) = Asides.Remove(question.Text);
        var (whole, leftOut) = LeftOutReader.Remove(SelfCorrection.Apply(Shorthand.Default.Expand(plain)));
        var (put, excludes) = ExcludedAnyway.Remove(SignRemark.Remove(whole));
        var (corrected, slips) = s_misspelt.Correct(
            put,
            word => !vocabulary.Find(word).IsEmpty || resolver.Resolve(record, word, []) is { Entries.IsEmpty: false, Match.How: not ("fuzzy" or "prefix") });
        var clauses = ClauseSplitter.Split(AttributiveStays.Turn(corrected, words => vocabulary.Find(words) is [_, ..] terms && terms.All(term => term.Kinds.Contains(RecordKind.LaboratoryResult) || term.Kinds.Contains(RecordKind.VitalSign))));
        if (clauses.Count == 0)
            return new Plan.NotUnderstood("There is no question.");

        var queries = new List<RecordQuery>();
        var readings = new List<string>(slips);
        readings.AddRange(asides.Select(aside => $"\"{aside}\" is taken as no part of the question."));
        if (excludes)
            readings.Add(ExcludedAnyway.Reading);
        foreach (var clause in clauses)
        {
            var text = new QuestionText(clause);
            if (queries is [.., { Aggregate: not ExistsAggregate }] && AnswerFormReader.IsOnlyForm(text))
                continue;

            var mentioned = new PatientMentionReader(record, PlannerLexicon.Default).Read(text);
            if (mentioned is PatientMention.AnotherPatient)
                return new Plan.Refused("The question names another patient than the one whose record is open; open that patient's record to ask it.");

            if (mentioned is PatientMention.ThisPatient && PatientNaming.Replace(text) is var unnamed && unnamed != clause)
            {
                text = new QuestionText(unnamed);
                new PatientMentionReader(record, PlannerLexicon.Default).Read(text);
            }

            if (AdviceReader.IsAdvice(text) && AllergyCheck.Find(record, text, resolver, vocabulary) is { } allergies)
            {
                queries.Add(allergies);
                readings.Add("Whether it may be given is for a clinician to decide; the record holds an allergy to it.");
                continue;
            }

            if (AdviceReader.IsAdvice(text))
                return new Plan.NotUnderstood("The question asks for advice or a forecast; a record only proves what was recorded. Ask what is recorded.");

            if (FirstPerson.IsOfClinician(text, question.Asker))
                return new Plan.NotUnderstood("\"I\" is the clinician who asks, not the patient; say whose record is meant.");

            if (FormulaReader.Read(text, name => resolver.Resolve(record, name, []).Entries.Length > 0) is { } calculation)
            {
                queries.Add(calculation);
                continue;
            }

            if (_drugs.Find(record, text, context) is { } change)
            {
                if (change.Query is null)
                    return new Plan.NotUnderstood(change.Reason);

                queries.Add(change.Query);
                if (change.Reason.Length > 0)
                    readings.Add(change.Reason);
                continue;
            }

            if (TextSource.Find(record, resolver, PlannerLexicon.Default, clause, name => _quotes.ReportSays(record, name, context)) is { } source)
            {
                var (quotation, said) = Quote(record, source, context);
                if (quotation is null)
                    return new Plan.NotUnderstood(said);

                queries.Add(quotation);
                readings.Add(said);
                continue;
            }

            var frame = Reader(record, context).Read(text);
            if (frame is { Interval: { } interval, NotUnderstood: [], Concepts: [], Times: [] } && !frame.Topics.Any(mention => mention.Topic.Rank > 1))
            {
                var (between, why) = _intervals.Find(record, interval, context);
                if (between is null)
                    return new Plan.NotUnderstood(why);

                queries.Add(frame.Duration is { } length ? length.Ask(between) : between);
                if (why.Length > 0)
                    readings.Add(why);
                continue;
            }

            (QueryWindow? Window, IReadOnlyList<RecordKind> RestsOn) anchored = (null, []);
            var compared = (Window: frame.ComparedWith?.With?.Window, Chosen: (Aggregate?)null);
            if (frame.Anchor is { } anchor)
            {
                WindowNarrowing.TryNarrow([.. frame.Times.Select(phrase => phrase.Window)], out var stated);
                var lookup = new AnchorLookup(engine, conventions).Find(record, anchor, stated, context);
                if (lookup.Window is null)
                    return new Plan.NotUnderstood(lookup.Reason);

                if (frame.ComparedWith is { WithAnchor: true })
                    compared = (lookup.Window, anchor.Event.Edge == EventEdge.End ? new LatestAggregate() : new EarliestAggregate());
                anchored = (compared.Window == lookup.Window ? null : lookup.Window, lookup.RestsOn);
                frame = frame with { Stay = lookup.Encounter };

                // "Potassium on admission" is the first one.
                if (anchor is { Relation: AnchorRelation.At, Event: { Edge: EventEdge.Start, Topic.Topic.Kinds: [RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit] } } && frame is { Asking: Asking.Plain, Ordering: null, LastCount: null })
                    frame = frame with { Ordering = new EarliestAggregate() };

                // The ward at discharge is the last one.
                if (anchor is { Relation: AnchorRelation.At, Event.Edge: EventEdge.End } && frame is { Asking: Asking.Plain or Asking.Name, Ordering: null, LastCount: null } && frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.CareUnit]))
                    frame = frame with { Ordering = new LatestAggregate() };
                if (anchor is { Relation: AnchorRelation.Itself, Event.Topic: { } stay })
                    frame = frame with { Topics = [.. frame.Topics, stay] };
                if (anchor.Relation == AnchorRelation.Around && !frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.HospitalStay]))
                    frame = frame with { Topics = [.. frame.Topics, new TopicMention(default, PlannerLexicon.Default.FindTopic("hospital stay")!)] };
                readings.Add(lookup.Reason);
                if (anchor.Within is { } length && (length.TotalDays % 30 == 0 || length.TotalDays % 365 == 0))
                    readings.Add($"The length is taken as {length.TotalDays.ToString(CultureInfo.InvariantCulture)} days.");
            }

            if (frame.Medicine != MedicineAsk.None)
            {
                var (asked, when, note) = MedicineLookup.Find(record, frame.Medicine, frame.Concepts, frame.Times.Count > 0 || anchored.Window is not null, context);
                if (asked is null)
                    return new Plan.NotUnderstood(note);

                frame = frame with { Medicine = asked };
                if (asked is { Cycles: true, Kinds: [RecordKind.Procedure] })
                    frame = frame with { Concepts = [.. frame.Concepts.Select(concept => concept with { Names = ["chemotherapy"] }).Take(1)] };
                anchored.Window ??= when;
                if (note.Length > 0)
                    readings.Add(note);
            }

            if (leftOut != LeftOutThings.None)
            {
                var (heeded, left) = LeftOutChoice.Apply(frame, leftOut, new KindChoice(conventions).Choose(frame));
                if (heeded is null)
                    return new Plan.NotUnderstood(left);

                frame = heeded;
                readings.Add(left);
            }

            if (queries.Count > 0 && FollowUp.AsksDoseOfOther(frame, queries[^1]))
                return new Plan.NotUnderstood("Which dose it was is asked of something that is not taken as a medicine; ask for its date or its number.");

            if (LastQuery(question, queries) is { } earlier && (FollowUp.LeansOnEarlier(clause, frame) || (queries.Count > 0 && FollowUp.AsksOfItsTaking(frame, earlier)))
                && FollowUp.Complete(clause, frame, earlier, new KindChoice(conventions).Choose(frame)) is { } completed)
            {
                if (UnreflectedWords.Find(text, frame, [completed]) is { Count: > 0 } left)
                    return new Plan.NotUnderstood(FrameCompiler.Explain(frame with { NotUnderstood = left }));

                if (queries.Count > 0 && FollowUp.AnswersBoth(clause))
                    queries.RemoveAt(queries.Count - 1);
                queries.Add(completed);
                continue;
            }

            frame = ClinicVisits.Narrow(record, text, frame);
            if ((frame.NotUnderstood.Count > 0 || ResultMentions.AreMissing(frame.Concepts) || CultureReports.HoldAll(record, frame)) && _saidInReports.Find(record, frame, context) is { } inReport)
            {
                queries.Add(inReport);
                readings.Add(TextQuote.Reading);
                continue;
            }

            if (_stays.Narrow(record, frame, new KindChoice(conventions).Choose(frame), context) is not { } narrowed)
                return new Plan.NotUnderstood("Several stays were for that; say which, or when.");

            if (_notes.Narrow(record, text, narrowed, context) is var written && !ReferenceEquals(written, narrowed))
                (narrowed, frame) = (written, written);

            if (_billing.Narrow(record, narrowed, new KindChoice(conventions).Choose(narrowed), context) is not { } billed)
                return new Plan.NotUnderstood("Several visits may be meant; say the day of the one.");

            if (!ReferenceEquals(billed, narrowed))
                (narrowed, anchored.RestsOn) = (billed, [.. anchored.RestsOn, RecordKind.Encounter]);

            if (!ReferenceEquals(narrowed, frame))
                anchored.RestsOn = [.. anchored.RestsOn.Concat(frame.Concepts.SelectMany(concept => concept.Kinds)).Distinct()];
            frame = narrowed with
            {
                ReportsSay = (narrowed.AsksFindings || narrowed.Asking == Asking.Plain) && _reports.SaySomething(record, narrowed, anchored.Window, context),
                HasCodedProcedures = narrowed.CodedOnly && CodedProcedures.AreIn(record),
                StayHasDiagnoses = record.OfKind(RecordKind.Condition).Any(condition => condition.Encounter is not null),
                StayIsCoded = narrowed.Stay is { } coded && frame.Anchor?.Event.Topic?.Topic.Kinds is [RecordKind.HospitalStay] && record.OfKind(RecordKind.Condition).Any(condition => condition.Encounter?.ToString() == coded),
                HasEncounterDiagnoses = record.OfKind(RecordKind.Condition).Any(condition => condition.Categories.Any(category => category.Code == "encounter-diagnosis")),
                AdmissionClasses = StayClasses.OfAdmissions(record),
                HasProblemList = record.OfKind(RecordKind.Condition).Any(condition => condition.Categories.Any(category => category.Code == "problem-list-item")),
            };
            switch (_compiler.Compile(frame, anchored, context.AsOf, (name, kinds) => resolver.Resolve(record, name, kinds).Entries.Length > 0, kind => record.OfKind(kind).Length > 0, StayClasses.OfInpatients(record)))
            {
                case CompiledClause.Understood understood when UnreflectedWords.Find(text, frame, understood.Queries) is { Count: > 0 } unreflected:
                    return new Plan.NotUnderstood(FrameCompiler.Explain(frame with { NotUnderstood = unreflected }));
                case CompiledClause.Understood understood when conventions.Given == GivenReading.Administrations && _uncharted.Find(record, frame, understood.Queries, context) is { } uncharted:
                    return new Plan.NotUnderstood(uncharted);
                case CompiledClause.Understood understood:
                    var first = queries.Count;
                    foreach (var planned in understood.Queries)
                    {
                        var (mended, said) = _mending.Mend(record, text, frame, planned, context);
                        if (mended is null)
                            return new Plan.NotUnderstood(said ?? "");

                        // What was read otherwise is said once.
                        if (said is not null)
                            readings.Add(said);
                        var restated = said is not null && said.Contains("\" is read as ", StringComparison.Ordinal) ? said[..said.IndexOf("\" is read as ", StringComparison.Ordinal)] : null;
                        understood = restated is null ? understood : understood with { Readings = [.. understood.Readings.Where(one => !one.StartsWith(restated, StringComparison.Ordinal))] };

                        var query = frame.Duration is { } length ? length.Ask(mended) : mended;
                        var (ofPanel, notCounted) = _panels.Read(record, _counted.Read(record, text, query, context), frame.SaysWhen || frame.Asking == Asking.Time, context);
                        if (ofPanel is null)
                            return new Plan.NotUnderstood(notCounted);

                        query = _doses.Read(record, ofPanel, context);
                        if (_allergies.InsteadOf(record, frame, query, context) is { } active)
                        {
                            query = active;
                            readings.Add(ResolvedAllergies.Reading);
                        }

                        if (frame.Duration is { } asked && _durations.Find(record, asked, query, context) is { } unknown)
                            return new Plan.NotUnderstood(unknown);

                        if (frame.BetweenExtremes && query.Aggregate is DeltaAggregate)
                        {
                            var (difference, cause) = _differences.Find(record, query, context);
                            if (difference is null)
                                return new Plan.NotUnderstood(cause);

                            queries.Add(difference);
                            readings.Add(cause);
                            continue;
                        }

                        if (compared.Window is { } with)
                        {
                            var (between, unclear) = _valueAtTime.Compare(record, query, with, compared.Chosen, context);
                            if (between is null)
                                return new Plan.NotUnderstood(unclear);

                            queries.Add(between);
                            readings.Add(unclear);
                            continue;
                        }

                        if (_visits.InsteadOf(record, query, context) is { } diagnoses)
                        {
                            queries.Add(diagnoses);
                            readings.Add(VisitDiagnoses.Reading);
                            continue;
                        }

                        if (!PinnedComparison.Applies(query, frame.Asking == Asking.YesNo))
                        {
                            queries.Add(frame.Medicine.AsksStatus ? UncountedOrders.Find(record, query, engine, context) : query);
                            continue;
                        }

                        var (pinned, reason) = _comparison.Pin(record, query, context);
                        if (pinned is null)
                            return new Plan.NotUnderstood(reason);

                        queries.Add(pinned);
                        readings.Add(reason);
                    }

                    if (queries.Skip(first).Select(query => _nones.Find(record, query, frame.Anchor, context)).FirstOrDefault(why => why is not null) is { } doubt)
                        return new Plan.NotUnderstood(doubt);

                    readings.AddRange(understood.Readings);
                    break;
                case CompiledClause.NotUnderstood not:
                    return new Plan.NotUnderstood(not.Reason);
            }
        }

        return new Plan.Planned(queries, readings);
    }


    /// <summary>Quotes the text that a question points to, from the time that the rest of the question says.</summary>
    private (RecordQuery? Query, string Reason) Quote(PatientRecord record, TextSource source, QueryContext context)
    {
        var frame = Reader(record, context).Read(new QuestionText(source.Rest));
        var windows = frame.Times.Select(phrase => phrase.Window).ToList();
        IReadOnlyList<RecordKind> restsOn = [];
        if (frame.Anchor is { } anchor)
        {
            var lookup = new AnchorLookup(engine, conventions).Find(record, anchor, null, context);
            if (lookup.Window is not { } anchored)
                return (null, lookup.Reason);

            windows.Add(anchored);
            restsOn = lookup.RestsOn;
        }

        return WindowNarrowing.TryNarrow(windows, out var window) ? _quotes.Find(record, source, window, restsOn, context) : (null, "The times in the question share no moment.");
    }

    private QuestionReader Reader(PatientRecord record, QueryContext context) =>
        new(record, resolver, vocabulary, units, PlannerLexicon.Default, new TimePhraseReader(conventions, context.AsOf, new Language.Calendar(context.Zone, record)));

    private static RecordQuery? LastQuery(ChartQuestion question, List<RecordQuery> planned) =>
        planned.Count > 0 ? planned[^1] : question.Earlier is [.., { Queries: [.., var last] }] ? last : null;
}
