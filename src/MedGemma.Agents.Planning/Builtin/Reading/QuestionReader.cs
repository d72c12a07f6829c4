using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Compiling.Visits;
using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Planning.Builtin.Reading.People;
using MedGemma.Agents.Planning.Builtin.Reading.Plans;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Planning.Builtin.Reading.Values;
using MedGemma.Agents.Planning.Builtin.Reading.Visits;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Reads one clause of a question into a frame: each reader claims the words it understands, and the rest is reported.</summary>
internal sealed class QuestionReader(
    PatientRecord record, IConceptResolver resolver, ConceptVocabulary vocabulary, IUnitConverter units, PlannerLexicon lexicon, TimePhraseReader times)
{
    private readonly ConceptSpotter _spotter = new(record, resolver, vocabulary, lexicon);
    private readonly AdministrationReader _administration = new(record, vocabulary);
    private readonly AskingReader _asking = new(lexicon);
    private readonly TopicSpotter _topics = new(lexicon);
    private readonly NameJoining _joining = new(record, resolver);
    private readonly OperationReader _operations = new(record, resolver, lexicon);
    private readonly DeedReader _deeds = new(record, resolver, vocabulary, lexicon);
    private readonly InjuryReader _injuries = new(record, resolver, lexicon);
    private readonly TestedForReader _tests = new(record, vocabulary);
    private readonly MeasuredStateReader _states = new(record, resolver);
    private readonly TreatmentReader _treatments = new(record, resolver, vocabulary);

    /// <summary>Reads a clause whose patient mentions are claimed already.</summary>
    public QuestionFrame Read(QuestionText question)
    {
        var code = CodeRequestReader.Read(question);
        var held = HoldChanges(question);
        var stage = StageReader.Read(record, question);
        var doseUnits = DoseUnits.Hold(question);
        var (clinician, ward) = (ClinicianNames.Of(record).Read(question), WardReader.Read(question, record, lexicon));
        var concepts = _spotter.SpotVerbatim(question);
        HeldChanges.Release(question, held);
        concepts.AddRange(_operations.Read(question));
        concepts.AddRange(_deeds.Read(question));
        concepts.AddRange(_injuries.Read(question));
        var certainty = CertaintyReader.Read(question);
        var windows = times.Read(question);
        var unitReader = new UnitRequestReader(units);
        var counted = unitReader.ReadHowMany(question);
        var unit = counted ?? unitReader.Read(question);
        var value = ValueFilterReader.Read(question);
        var each = GroupingReader.Read(question);
        var (route, via) = _administration.Read(question);
        var asks = Interrogatives.Read(question);
        var codedOnly = ChartingReader.Read(question);
        held = HoldChanges(question);
        var topics = _topics.Spot(question, concepts);
        if (stage is { } staged)
            topics.Add(new TopicMention(staged, lexicon.FindTopic("disease stage")!));
        if (codedOnly)
            topics = topics.ConvertAll(mention => mention.Topic.Name is "procedure" ? mention with { Topic = lexicon.FindTopic("coded procedures")! } : mention);
        if (topics.Count > 1 || concepts.Count > 0)
            topics.RemoveAll(mention => NoteMentions.IsInTheChart(question, mention));
        _topics.ClaimIsOver(question, topics);

        concepts.AddRange(GpVisits.Read(question, topics, record));

        // A general practitioner whom the Patient does not name may be one of the care team.
        if (!record.Patient.Json.TryGetProperty("generalPractitioner", out _))
            topics.RemoveAll(mention => mention.Topic.Name == "general practitioner");

        IReadOnlyList<string> role = concepts.Count == 0 && topics.TrueForAll(mention => mention.Topic.Kinds.Count == 0 || mention.Topic.Kinds is [RecordKind.CareTeam]) ? CareRoleReader.Read(question, at => _spotter.IsContent(question, at)) : [];
        if (role.Count > 0 && !topics.Exists(mention => mention.Topic.Kinds is [RecordKind.CareTeam]))
            topics.Add(new TopicMention(new TokenSpan(0, 1), lexicon.FindTopic("care team")!));
        var state = StateReader.Read(question);
        var visit = VisitAsks.Read(question, topics, lexicon, state == StateAsk.Missed);
        var isToCome = state == StateAsk.None && BookedReader.Read(question, topics);
        if (state == StateAsk.None && topics.Exists(mention => mention.Topic.Name == "status"))
            state = StateAsk.Status;
        var total = HasWord(question, "total") || HasWord(question, "altogether") || HasWord(question, "overall") || HasWord(question, "combined");
        if (topics.Exists(mention => BillingChoice.Applies(mention.Topic.Kinds)))
            total = BillingTotals.Read(question) || total;
        var asksGrowth = PositiveCultures.Read(question, topics, lexicon);
        var care = CareAsks.Read(question, topics, concepts, lexicon);
        var relative = topics.Exists(mention => mention.Topic.Kinds is [RecordKind.FamilyHistory]) ? RelativeReader.Read(question) : null;
        var mentionsText = NoteMentions.AreAskedWhatTheySay(question);
        if (mentionsText && topics.Exists(NoteMentions.AreNotes))
            concepts.AddRange(NoteMentions.TakeWordsFrom(topics, question));

        var findings = FindingsReader.Read(question);
        var excludes = ExclusionReader.Read(question, topics);
        var endsHow = EndReader.Read(question, topics, lexicon);
        var readmission = ReadmissionReader.Read(question, topics);
        var lengths = LengthReader.Read(question);
        var lastCount = LastCountReader.Read(question);
        var notJoined = new List<string>();
        concepts.AddRange(_spotter.SpotRemaining(question));
        var flag = FlagReader.Read(question, topics, concepts, lexicon.FindTopic("flag")!);
        HeldChanges.Release(question, held);
        if (TestedForReader.Asks(question) || TestedForReader.AsksResult(question))
            concepts = concepts.ConvertAll(_tests.AsTest);
        concepts.Sort((a, b) => a.Span.First.CompareTo(b.Span.First));
        if (concepts.Count > 1 && concepts.Find(mention => mention.Words is "unit" or "units") is { } unitWord && concepts.TrueForAll(mention => mention == unitWord || ResultMentions.IsMeasured(mention)))
        {
            // "Creatinine units" are those of the creatinine, whatever unit the record knows besides.
            concepts.Remove(unitWord);
            question.Release(unitWord.Span);
        }

        var aspect = ProcedureAspects.Read(question, topics, concepts);
        isToCome |= state == StateAsk.None && BookedReader.Read(question, concepts);
        concepts = VisitReasonReader.Read(question, topics, concepts, record, at => _spotter.IsContent(question, at));
        concepts = _joining.Join(question, concepts, notJoined).ConvertAll(_treatments.AsProcedure);
        DoseUnits.Release(question, doseUnits);
        if (state == StateAsk.None && TreatmentReader.ReadNotGiven(question, topics, concepts))
            state = StateAsk.NotDone;
        TopicsWithinNames.Drop(topics, concepts);
        var (place, visitPlace) = ward is { } named ? WardReader.Take(question, topics, named, record, lexicon)
            : (value is null && concepts.Count == 0 ? PlaceNames.Read(question, topics, record, lexicon.FindTopic("ward")!) : null, null);
        via ??= place;
        var moves = topics.Exists(mention => mention.Topic.Kinds is [RecordKind.CareUnit]) && MoveReader.Read(question);
        var isHere = record.OfKind(RecordKind.CareUnit).Length > 0 && PlaceReader.Read(question, topics, concepts, lexicon.FindTopic("ward")!, asks.Where && !asks.WhereFrom && !asks.WhereTo);

        // "Is she over 18?": an age, where nothing else is compared.
        if (value is { Comparison: <= ValueComparison.Equal, Unit: null } && concepts.Count == 0 && !topics.Exists(mention => mention.Topic.Kinds.Count > 0) && question[0] is "is" or "was" or "am" && lexicon.FindTopic("age") is { } years)
            topics.Add(new TopicMention(new TokenSpan(0, 1), years));

        // An organism is isolated; a patient is in isolation.
        if (topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Organism] or [RecordKind.MicrobiologyTest]) || !PatientStates.IsOfPatient(question, "isolated"))
            topics.RemoveAll(mention => question[mention.Span.First] is "isolated");
        PatientStates.Drop(question, topics);
        concepts.AddRange(topics.Where(mention => mention.Topic.Concept is not null).SelectMany(_spotter.NamesOf));
        if (topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Immunization]) || MedicineReader.AsksUpToDate(question))
            concepts = [.. concepts.Select(_spotter.AsVaccine)];
        else if (topics.Exists(mention => mention.Topic.Name == "dose"))
            concepts = [.. concepts.Select(concept => concept.Kinds.Any(MedicineReader.IsOfDrugs) ? concept : _spotter.AsVaccine(concept))];
        if (value is { Comparison: <= ValueComparison.Outside })
            concepts = [.. concepts.Select(_spotter.AsMeasured)];
        asksGrowth = PositiveCultures.ReadNegative(question, concepts) || asksGrowth;
        var measured = value is null ? _states.Read(question, concepts) : null;
        if (measured is { } told)
            (concepts, value) = (told.Concepts, told.Value);
        if (concepts.Count > 0 && concepts.TrueForAll(ResultMentions.IsResult))
        {
            OccasionReader.Read(question, topics, concepts);
            MeasurementAsks.Read(question, topics, lexicon);
        }

        OutcomeReader.Read(question, topics, concepts, lexicon);
        SusceptibilityWords.Read(question, topics, concepts, lexicon);
        if (topics.Exists(mention => mention.Topic.Kinds is [RecordKind.CarePlan]))
            concepts = [.. concepts.Select(_spotter.AsPlan)];
        concepts.AddRange(_spotter.Implied(question, concepts));
        concepts.Sort((a, b) => a.Span.First.CompareTo(b.Span.First));

        if (TreatmentReader.AsksOfDrug(topics, asks) && !AllergyReader.AsksReaction(question) && !concepts.Exists(concept => concept.Kinds.Any(kind => kind is RecordKind.Organism or RecordKind.MicrobiologyTest)))
            concepts = concepts.ConvertAll(_treatments.AsDrug);
        if (topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Allergy]))
            concepts = [.. concepts.Select(_spotter.AsAllergen)];
        else
            concepts = [.. concepts.Select(concept => concept.Kinds.Any(MedicineReader.IsOfDrugs) && concept.Kinds.Contains(RecordKind.Allergy) ? concept with { Besides = RecordKind.Allergy } : concept)];

        var cause = CauseReader.Read(question, topics, concepts, vocabulary);
        var ofAllergy = AllergyReader.Read(question, topics, concepts, _spotter.IsAllergen);
        if (ofAllergy is { Element: ResultElement.Reaction })
            concepts = [.. concepts.Select(concept => _spotter.AsAllergen(concept) with { Besides = null })];
        var indication = ofAllergy is not null ? null : IndicationReader.Read(question, topics, concepts, vocabulary);
        var medicine = ofAllergy ?? MedicineReader.Read(question, topics, concepts, windows);
        if (indication is not null)
            medicine = medicine with { Where = indication, Present = topics.Exists(mention => mention.Topic.Current) || DosageReader.IsPresent(question) };

        if (cause is not null)
            medicine = medicine with { Where = cause };

        var amount = ResultMentions.AreAdded(topics, concepts) && AmountReader.Read(question);
        var news = concepts.Count < 2 && NewsReader.Asks(question);
        var duration = DurationReader.Read(question, topics, unit);
        unit = duration is null ? unit : duration.Unit;

        // An age is in years.
        if (unit is "years" or "yrs" && topics.Exists(mention => mention.Topic.Name == "age"))
            unit = null;
        var interval = duration is null ? null : IntervalReader.Read(question, duration, topics, concepts, windows);
        var anchor = interval is not null || care.Family is not null ? null : StayDiagnosisReader.Read(question, topics, concepts, windows.Count > 0) ?? AnchorReader.Read(question, topics, concepts, windows, lengths, news, asks.WhereTo || visit.WentTo.Count > 0);

        var setting = interval is null && anchor is null ? SettingReader.Read(question, topics, concepts) : null;

        // "Readmitted within 30 days of the June discharge": of that one.
        if (anchor is { Relation: AnchorRelation.After, Event.Edge: EventEdge.End } && readmission is { } days)
            anchor = anchor with { Within = TimeSpan.FromDays(days) };

        var percent = concepts.Exists(ResultMentions.IsMeasured) && PercentReader.Read(question);
        var comparison = value is null ? ComparisonReader.Read(question, concepts, windows, anchor is not null, WorstReader.IsHigherWorse(concepts, vocabulary)) : null;
        // "What did it come back as" is asked of a result, not of an appointment.
        if (concepts.Count > 0 && concepts.TrueForAll(ResultMentions.IsResult))
            topics.RemoveAll(mention => mention.Topic.Name == "appointment" && question[mention.Span.First] is "come" or "came");

        var ofValues = concepts.TrueForAll(ResultMentions.IsResult) && (concepts.Count > 0 || topics.Exists(ResultMentions.AreResults));
        if (topics.Exists(mention => mention.Topic.Element is ResultElement.ReferenceRange))
            MeasurementAsks.ReadBothSides(question);
        else if (value is null && comparison is null && ofValues && (concepts.Count > 0 || topics.Exists(mention => mention.Topic.Kinds is [RecordKind.LaboratoryResult])))
            value = RangeSideReader.Read(question);
        if (ofValues)
            value = MeasurementAsks.ReadFlagged(question, value);
        var asksStatus = ofValues && ResultStatusReader.AsksWhich(question);
        var ofReports = concepts.Count > 0 && concepts.TrueForAll(ResultMentions.MayResult);
        var statuses = (ofValues || (ofReports && state == StateAsk.None)) && !asksStatus ? ResultStatusReader.Read(question) : [];
        if (statuses.Count == 0 && !asksStatus && ofReports)
            statuses = ResultBackReader.Read(question);

        var isQualitative = ofReports && QualitativeReader.Read(question, concepts);
        var ordering = OrderingReader.Read(question);

        // "The longest stay": how long it was, unless something else is asked of it.
        var longest = question.Tokens.Any(token => token.Word is "longest" or "shortest") && ordering is ExtremeAggregate;
        if (longest && duration is null && asks is { Who: false, Where: false, WhereTo: false, WhereFrom: false, WhatFor: false } && !question.Tokens.Any(token => token.Word is "when" or "which" or "date" or "why" or "reason"))
            duration = new DurationAsk(unit is null ? null : LengthWords.UnitOf(unit), false, false);
        var betweenExtremes = ordering is DeltaAggregate or ExtremeAggregate && SeveralValues.IsBetweenExtremes(question);
        ordering = betweenExtremes ? new DeltaAggregate() : ChangeReader.Read(question, value, concepts, ordering) ?? ordering;
        ordering = comparison?.Aggregate ?? ordering;
        if (percent)
            (ordering, comparison) = (PercentReader.AsPercent(ordering), comparison is null ? null : comparison with { Aggregate = PercentReader.AsPercent(comparison.Aggregate)! });
        var worst = concepts.Count > 0 && ofValues && ordering is null or LatestAggregate or EarliestAggregate ? WorstReader.Read(question, concepts, vocabulary) : null;
        ordering = worst?.Extreme ?? ordering;
        var asking = comparison is not null ? Asking.Plain : duration is not null ? Asking.Duration : ChangeReader.ReadAmount(question, ordering) ? Asking.Plain : _asking.Read(question);

        // "Was it final or preliminary?": which. "How many mmol/L is it": the value.
        if (asksStatus || visit.ChoosesWay || (counted is not null && asking == Asking.Count) || (isQualitative && asking == Asking.YesNo))
            asking = Asking.Plain;

        // "History of CHF?", "prior stroke?": not the one before the last.
        if (asking == Asking.Plain && question[question[0] is "any" ? 1 : 0] is "history" or "prior" or "previous" or "past" && concepts.Count > 0 && !concepts.Exists(ResultMentions.IsMeasured))
            (asking, ordering) = (Asking.YesNo, null);

        // "Diagnoses picked up in 2016" are no dispenses.
        var isDiagnosing = topics.Exists(mention => mention.Topic.Name == "diagnosis");
        var isPickedUp = isDiagnosing && topics.RemoveAll(mention => mention.Topic.Name == "dispense" && question[mention.Span.First] is "picked") > 0;

        if (FrameWords.Former.Any(word => HasWordAnywhere(question, word)) && !topics.Exists(mention => mention.Topic.Kinds is [RecordKind.FamilyHistory]))
            concepts.AddRange(concepts.ToArray().SelectMany(_spotter.FormerlyNamed));

        // "Any history of asthma?" wants yes or no; "any sodium?" and "any allergies?" want what there is.
        if (asking == Asking.Plain && question[0] is "any" && concepts.Count > 0 && (topics.Count > 0 || FrameWords.Evidence.Any(word => HasWordAnywhere(question, word))))
            asking = Asking.YesNo;

        // "Any creatinine since May?", "HDL below 40 at any time?": whether there is one, where the question bounds it.
        if (asking == Asking.Plain && ordering is null && lastCount is null && (windows.Count > 0 || anchor is not null || value is { Comparison: not (ValueComparison.Normal or ValueComparison.Abnormal) })
            && concepts.Count > 0 && (question[0] is "any" || SeveralValues.SaysAnyTime(question)))
            asking = Asking.YesNo;
        else if (asking == Asking.Plain && question[0] is "any" && readmission is not null)
            asking = Asking.YesNo;

        // "Which drugs were started since 2018": all that were, not the first.
        if (ordering is EarliestAggregate && asking is not Asking.Time && concepts.Count == 0 && !HasWord(question, "first") && !HasWord(question, "earliest") && !HasWord(question, "initial") && !HasWord(question, "oldest")
            && FrameWords.Beginning.Any(word => HasWordAnywhere(question, word)))
            ordering = null;

        // "How often is it to be taken" asks for no number of times.
        if ((asks.Frequency || medicine.Element is not null || medicine.Sum) && asking == Asking.Count && concepts.Exists(concept => KindFamilies.AreMedications([.. concept.Kinds])))
            asking = Asking.Plain;

        // "Hep A doses so far".
        if (asking == Asking.Plain && ordering is null && concepts.Count > 0 && concepts.TrueForAll(concept => concept.Kinds.All(kind => kind == RecordKind.Immunization)) && question[0] is not ("which" or "what" or "list") && HasWordAnywhere(question, "doses"))
            asking = Asking.Count;

        if (ordering is EarliestAggregate && concepts.Count == 0 && topics.Exists(mention => mention.Topic.Rank > 1 && KindFamilies.AreStays(mention.Topic.Kinds) && mention.Topic.Kinds.Count > 0) && !FrameWords.First.Any(word => HasWordAnywhere(question, word)))
            ordering = null;

        // "Over time - rising or falling?" asks for no time.
        if (ordering is TrendAggregate && asking == Asking.Time)
            asking = Asking.Plain;
        else if (asking == Asking.Plain && ordering is null && SeveralValues.Asks(question, topics, concepts))
            asking = Asking.All;

        // "DVT confirmed?", "lumbar MRI cancelled?" want yes or no.
        if (asking == Asking.Plain && concepts.Count > 0 && (certainty is { AsksWhich: false } || state is not (StateAsk.None or StateAsk.Status)) && !FrameWords.Opening.Contains(question[0]))
            asking = Asking.YesNo;
        else if (certainty is { AsksWhich: true } && asking is Asking.YesNo)
            asking = Asking.Plain;

        if (each is not null && asking is Asking.Plain or Asking.All && ordering is null && GroupingReader.CountsChecks(question))
            asking = Asking.Count;

        var notUnderstood = NotUnderstood(question, asking, ordering);
        if (percent && ordering is not DeltaAggregate)
            notUnderstood.Add("percentage");
        notUnderstood.AddRange(notJoined);
        if (ofAllergy is null && AllergyReader.AsksReaction(question) && concepts.Count > 0 && concepts.TrueForAll(concept => concept.Kinds.Any(MedicineReader.IsOfDrugs)))
            notUnderstood.Add(question.Slice(new TokenSpan(0, 2)));
        notUnderstood.AddRange(ConditionsNotMet.Find(question, asking, ordering, topics, concepts));
        notUnderstood.AddRange(Relations.NotExpressed(question, topics, concepts));

        notUnderstood.AddRange(UnreadTimes.Find(question, windows, lengths));
        notUnderstood.AddRange(LooseRelations.Find(question, ordering).Except(notUnderstood));

        // "Do the notes mention counselling": any word can stand in a note.
        var noteWords = mentionsText && concepts.TrueForAll(concept => NoteMentions.IsNote(concept, topics)) && notUnderstood.Count > 0 && topics.Exists(NoteMentions.AreNotes)
            ? string.Join(' ', notUnderstood)
            : null;

        return new QuestionFrame
        {
            Each = medicine.Element is null ? each : null,
            Medicine = medicine,
            Setting = setting,
            Certainty = certainty,
            Code = code,
            CodedOnly = codedOnly || topics.Exists(mention => mention.Topic.Name is "coded procedure" or "operation"),
            Aspect = aspect,
            Care = care,
            Flag = flag,
            Relative = relative,
            AsksRelative = RelativeReader.IsAskedFor(question),
            State = state,
            AsksFindings = findings || asksGrowth,
            AsksGrowth = asksGrowth,
            CareRole = role,
            WhoAdmitted = Enumerable.Range(1, Math.Max(0, question.Count - 1)).Any(i => (question[i] is "admitted" && question[i - 1] is "who") || (question[i] is "by" && question[i - 1] is "admitted") || (question[i - 1] is "admitting" && question[i] is "doctor" or "physician" or "clinician" or "consultant" or "team")),
            AsksOrders = question.Tokens.Any(token => token.Word is "order" or "orders" or "referral" or "referrals" or "request" or "requests" or "requested" or "ordered" or "consults" or "consult"),
            Placed = FrameWords.Placing.Any(word => HasWord(question, word)),
            Tested = TestedForReader.Asks(question) || FrameWords.Taking.Any(word => HasWordAnywhere(question, word)),
            Detected = FrameWords.Detecting.Any(word => HasWordAnywhere(question, word)),
            InpatientOnly = excludes,
            AsksType = HasWord(question, "type") || HasWord(question, "kind"),
            VisitPlace = visitPlace,
            Visit = visit,
            Clinician = clinician,
            Moves = moves,
            Attends = visit.TurnsUp || state is not StateAsk.Missed && question.Tokens.Any(token => token.Word is "attended" or "attend" or "kept" or "keep" or "went"),
            Sees = question.Tokens.Any(token => token.Word is "see" or "saw" or "seen" or "sees" or "treated" or "met" or "reviewed"),
            EndsHow = endsHow,
            Amount = amount,
            Joined = JoinedElements.Read(question, topics, concepts),
            ComparedWith = comparison,
            ExtremeReading = worst?.Reading ?? measured?.Reading,
            AsksStatus = asksStatus,
            Statuses = statuses,
            News = news && concepts.Count == 0 && !topics.Exists(mention => mention.Topic.Kinds.Count > 0),
            ReadmissionDays = readmission,
            LastCount = lastCount,
            BetweenExtremes = betweenExtremes,
            Diagnosed = question[question.Count - 1] is "since" || FrameWords.Diagnosis.Any(word => HasWordAnywhere(question, word)),
            Asks = asks with { WhatFor = asks.WhatFor || BookedReader.AsksWhatFor(question, topics) },
            NoteWords = noteWords,
            Asking = asking,
            Ordering = ordering,
            Topics = topics,
            Concepts = concepts,
            Times = windows,
            Route = route,
            Via = via,
            Value = value,
            Unit = unit,
            Distinct = HasWord(question, "different") || HasWord(question, "distinct") || HasWord(question, "unique"),
            Ever = HasWord(question, "ever") || HasWord(question, "any") || HasWord(question, "been") || HasWord(question, "did") || (measured is not null && HasWordAnywhere(question, "had")),
            Now = isHere || care.Chronic || question[0] is "using" or "taking" || (question[0] is "on" && !(question[1] is "what" or "which" && question[2] is "date" or "dates" or "day" or "days" or "occasion" or "occasions")) || HasWord(question, "currently") || HasWord(question, "now") || HasWord(question, "moment") || HasWord(question, "still") || HasWord(question, "presently") || HasWord(question, "current") || HasWord(question, "present") || HasWord(question, "active") || HasWord(question, "ongoing"),
            IsPresent = !FrameWords.Formerly.Any(word => HasWordAnywhere(question, word)),
            Began = FrameWords.Beginning.Any(word => HasWordAnywhere(question, word)) || isPickedUp || (isDiagnosing && (FrameWords.Diagnosing.Any(word => HasWord(question, word)) || HasWordAnywhere(question, "come") || HasWordAnywhere(question, "came"))),
            Recorded = FrameWords.Recording.Any(word => HasWordAnywhere(question, word)),
            IsNew = HasWord(question, "new") || HasWord(question, "newly"),
            SaysWhen = HasWord(question, "when") || HasWord(question, "date") || (asking == Asking.Time && HasWord(question, "day")) || AskingReader.AsksForMoment(question),
            Total = total,
            Next = HasWord(question, "next"),
            Upcoming = isToCome || HasWord(question, "next") || HasWord(question, "upcoming") || HasWord(question, "scheduled") || HasWord(question, "coming") || HasWord(question, "future"),
            MentionsText = mentionsText,
            Anchor = anchor,
            Duration = duration,
            Longest = longest,
            Interval = interval,
            NotUnderstood = noteWords is null ? [.. notUnderstood.Distinct()] : [],
        };
    }

    private static bool HasWordAnywhere(QuestionText question, string word) => question.Tokens.Any(token => token.Word == word);

    private IReadOnlyList<TokenSpan> HoldChanges(QuestionText question) => HeldChanges.Hold(question, words => !vocabulary.Find(words).IsDefaultOrEmpty);

    private List<string> NotUnderstood(QuestionText question, Asking asking, Aggregate? ordering)
    {
        var words = new List<string>();
        for (var i = 0; i < question.Count; i++)
            if (MeasuredWords.IsJudgement(question, i, asking) || (!(question[i] is "worst" or "best" && ordering is ExtremeAggregate) && _spotter.IsContent(question, i) && !MeasuredWords.IsOrdering(question, i, ordering)))
                words.Add(question.Slice(new TokenSpan(i, 1)));

        return words;
    }

    private static bool HasWord(QuestionText question, string word)
    {
        for (var i = 0; i < question.Count; i++)
            if (!question.IsClaimed(i) && question[i] == word)
                return true;

        return false;
    }
}
