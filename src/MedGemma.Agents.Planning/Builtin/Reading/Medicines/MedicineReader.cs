using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Reads what is asked of medicines and vaccines: at which time they were taken, how they are taken, what was not given, at home or at discharge.</summary>
internal static class MedicineReader
{
    private static readonly string[] s_atDeath =
    [
        "at the time of his|her|their|my death", "at the time of death", "at time of death", "at the time he|she|they died", "at death", "at his|her|their death", "when he|she|they died", "when he|she|they passed away",
        "when the patient died", "before he|she|they died", "on the day he|she|they died", "on the day of death", "up to his|her|their death",
    ];

    private static readonly string[] s_atHome =
    [
        "at home before admission", "ed medication|medications reconciliation", "home med|meds|medication|medications|medicines|drugs on ed|er|hospital arrival", "home med|meds|medication|medications|medicines|drugs on arrival", "reported at home", "before arrival", "prior to arrival", "at home prior to admission", "at home", "home med|meds|medication|medications|medicines|drugs list", "home med|meds|medication|medications|medicines|medicine|drugs|drug|prescriptions", "from home", "med|meds rec", "medication|medicines reconciliation",
        "pre admission med|meds|medication|medications|medicines|drugs", "preadmission med|meds|medication|medications|medicines|drugs", "med|meds|medication|medications|medicines|drugs prior to admission|arrival", "med|meds|medication|medications|medicines|drugs before admission|arrival",
        "before admission med|meds|medication|medications|medicines|drugs",
    ];

    private static readonly string[] s_atDischarge =
    [
        "discharged on|with what", "discharge med|meds|medication|medications|medicines|drugs|prescriptions|prescription list", "discharge med|meds|medication|medications|medicines|drugs|prescriptions|prescription", "med|meds|medication|medications|medicines|drugs|prescriptions on|at|upon discharge",
        "sent home on|with", "discharged home on|with", "went home on|with", "go home on|with", "going home on|with", "ttos", "tto", "ttas", "take home med|meds|medication|medications|medicines",
    ];

    private static readonly string[] s_inpatient = ["inpatient order|orders|med|meds|medication|medications|medicines|drugs|prescriptions", "inpatient medication|drug|med orders", "ward med|meds|medication|medications|medicines|drugs|orders"];

    private static readonly string[] s_upToDate = ["up to date", "uptodate", "in date", "overdue", "due for", "due", "current with", "current on", "fully vaccinated", "fully immunised|immunized"];

    /// <summary>Reads and claims the words; the names, topics and times of the question are known.</summary>
    public static MedicineAsk Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, List<TimePhrase> times)
    {
        var ask = MedicineAsk.None;

        // "When did she stop taking it" asks of no medicine that is taken now.
        if (topics.Exists(mention => mention.Topic.Name is "stop" or "come off"))
            topics.RemoveAll(mention => mention.Topic.Current && question[mention.Span.First - 1] is "stop" or "stopped" or "stopping" or "quit" or "ceased" or "cease" or "finish" or "finished");
        var ofDrugs = concepts.Exists(concept => concept.Kinds.Any(IsOfDrugs)) || topics.Exists(mention => mention.Topic.Kinds.Count > 0 && KindFamilies.AreMedications(mention.Topic.Kinds));
        var ofVaccines = concepts.Exists(concept => concept.Kinds.Contains(RecordKind.Immunization)) || topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Immunization]);
        if (ReadAtDischarge(question, topics))
            return ask with { AtDischarge = true };

        if (Phrase.Find(question, s_inpatient) is { } inpatient && concepts.TrueForAll(concept => concept.Kinds.Any(IsOfDrugs)))
        {
            question.Claim(inpatient);
            topics.RemoveAll(mention => mention.Span.Overlaps(inpatient));
            return ask with { Inpatient = true, Present = true };
        }

        if (ReadAtHome(question, topics, concepts, ofDrugs))
            ask = ask with { AtHome = true };
        if (ReadAtDeath(question, topics, concepts, times, ofDrugs))
            ask = ask with { AtDeath = !ask.AtHome, Taken = true };
        else if (IsTaken(question, topics, concepts, times))
            ask = ask with { Taken = true };

        if (ofVaccines && Phrase.Take(question, s_upToDate))
            return ask with { UpToDate = true };

        if (NotDoneReader.Read(question, topics, concepts, ofDrugs, ofVaccines) is { Count: > 0 } labels)
            return ask with { NotCounted = labels, Refused = NotDoneReader.SaysRefused(question), Element = NotDoneReader.AsksWhy(question) ? ResultElement.StatusReason : null };

        if (topics.Exists(mention => mention.Topic.Kinds is [RecordKind.DetectedIssue]))
        {
            Phrase.Take(question, "raised", "flagged", "triggered", "fired", "generated");
            return Phrase.Take(question, "say", "says", "said", "about", "text", "detail", "details", "warn of|about", "warn") ? ask with { Kinds = [RecordKind.DetectedIssue], Element = ResultElement.Text } : ask;
        }

        Phrase.Take(question, "errors excluded", "excluding errors", "errors not counted", "not counting errors", "excluding those entered in error");
        if (!ofDrugs)
            return ask;

        Phrase.Take(question, "past or present", "present or past", "current or past", "past or current", "now or before", "now or in the past");
        if (ReadStatus(question, topics, concepts))
            return ask with { AsksStatus = true, Element = ResultElement.Status, Ordered = true };

        if (topics.Exists(mention => mention.Topic.Name is "refills" or "expiry" or "days supply"))
        {
            concepts.RemoveAll(concept => concept.Words is "left" or "remaining");
            foreach (var word in (string[])["left", "remaining", "remain", "allowed", "available"])
                Phrase.Take(question, word);
        }

        if (concepts.Count == 1 && Phrase.Take(question, "which one", "which ones", "name it", "name them"))
            ask = ask with { Element = ResultElement.Name };
        if (Phrase.Take(question, "according to the|his|her medication|medicine statement|statements", "on the medication statement", "per the medication statement"))
            ask = ask with { Kinds = [RecordKind.MedicationStatement] };
        if (Phrase.Take(question, "patient reported", "self reported", "reported by the patient", "on his|her|their|my own", "over the counter", "otc"))
        {
            Phrase.Take(question, "supplement", "supplements");
            ask = ask with { Kinds = [RecordKind.MedicationStatement], Bought = true, Present = DosageReader.IsPresent(question) };
        }

        if (topics.Exists(mention => mention.Topic.Name == "administration" && question[mention.Span.First] is "drips" or "drip" or "running" or "infusions") && concepts.Count == 0)
            ask = ask with { Where = new ElementFilter(ResultElement.Rate, []) };

        ask = ask with { Ordered = Phrase.Find(question, ["order", "orders", "order date"]) is not null && Phrase.Find(question, ["in order"]) is null };
        if (concepts.Exists(concept => !IsUnit(concept)) && concepts.TrueForAll(concept => IsUnit(concept) || concept.Kinds.Any(IsOfDrugs)) && ReadTotal(question, topics, concepts))
            return ask with { Sum = true };
        if (Phrase.Find(question, ["cycles|cycle|courses|rounds"]) is { } cycles && concepts.Count > 0 && concepts.TrueForAll(concept => concept.Kinds.Any(kind => IsOfDrugs(kind) || kind == RecordKind.Procedure)))
        {
            question.Claim(cycles);
            ask = ask with { Cycles = true };
        }

        return DosageReader.Read(question, topics, concepts, ask);
    }

    /// <summary>"Up to date with flu": vaccines are meant, by the names of what they are against.</summary>
    public static bool AsksUpToDate(QuestionText question) => Phrase.Find(question, ["up to date", "uptodate", "fully vaccinated", "fully immunised|immunized"]) is not null;

    /// <summary>"Status of the amoxicillin order", "is the morphine order active or just a draft".</summary>
    private static bool ReadStatus(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        if (concepts.Count != 1 || topics.Exists(mention => mention.Topic.Rank > 5 || mention.Topic.Name is "dose" or "reason" or "frequency" or "route"))
            return false;

        var states = Enumerable.Range(0, question.Count).Where(i => question[i] is "active" or "draft" or "stopped" or "cancelled" or "canceled" or "completed" or "held" or "finished" or "suspended" or "discontinued").ToList();
        var chooses = states.Count > 1 && question.Tokens.Any(token => token.Word == "or");
        if (!chooses && Phrase.Find(question, ["status of the", "status of", "order status", "prescription status", "what status", "status"]) is null)
            return false;

        for (var i = 0; i < question.Count; i++)
            if (states.Contains(i) && chooses || question[i] is "or" or "just" or "still" or "only" or "status")
                question.Claim(new TokenSpan(i, 1));
        topics.RemoveAll(mention => mention.Topic.Rank == 0);
        return true;
    }

    public static bool IsOfDrugs(RecordKind kind) => KindFamilies.AreMedications([kind]);

    /// <summary>"What was she discharged on", "discharge meds": not the stay's end.</summary>
    private static bool ReadAtDischarge(QuestionText question, List<TopicMention> topics)
    {
        var found = Phrase.Find(question, s_atDischarge);
        if (found is null && Phrase.Find(question, ["discharged on|with", "discharge on|with"]) is { } on && (on.After == question.Count || question[0] is "what" or "which"))
            found = on;
        if (found is not { } span || (topics.Exists(mention => mention.Topic.Name == "diagnosis") && !topics.Exists(mention => KindFamilies.AreMedications(mention.Topic.Kinds) && mention.Topic.Kinds.Count > 0)))
            return false;

        // "Discharged on 3 May" is a date, "discharged with pneumonia" a diagnosis.
        if (question[span.After] is not "" && question.IsClaimed(span.After) && question[span.After - 1] is "on" or "with" && question[0] is not ("what" or "which"))
            return false;

        question.Claim(span);
        topics.RemoveAll(mention => mention.Topic.Kinds is [RecordKind.HospitalStay] && mention.Span.Overlaps(span));
        return true;
    }

    private static bool ReadAtDeath(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, List<TimePhrase> times, bool ofDrugs)
    {
        if (Phrase.Find(question, s_atDeath) is not { } span)
            return false;

        var others = topics.FindAll(mention => mention.Topic.Name != "death");
        if (!(ofDrugs || IsTaken(question, others, concepts, times)) || others.Exists(mention => mention.Topic.Name is "age" or "dose"))
            return false;

        question.Claim(span);
        topics.RemoveAll(mention => mention.Topic.Name == "death");
        return true;
    }

    private static bool ReadAtHome(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, bool ofDrugs)
    {
        if (Phrase.Find(question, s_atHome) is not { } span || !(ofDrugs || span.Count > 2 || question[span.First] is not ("at" or "from")))
            return false;

        question.Claim(span);
        topics.RemoveAll(mention => mention.Topic.Kinds is [RecordKind.HospitalStay] or [RecordKind.EmergencyVisit] && mention.Span.Overlaps(span) || mention.Topic.Name == "report");
        concepts.RemoveAll(concept => concept.Span.Overlaps(span) && !concept.Kinds.Any(IsOfDrugs));

        foreach (var emergency in topics.FindAll(mention => mention.Topic.Kinds is [RecordKind.EmergencyVisit]))
        {
            question.Claim(emergency.Span);
            topics.Remove(emergency);
        }

        // Each of these only says again where the list is from.
        foreach (var again in (string[])["ed med|medication|meds rec|reconciliation", "med|meds|medication rec", "reconciliation", "listed", "list", "home", "reported", "report", "told", "most recent", "latest", "last", "on arrival", "visit", "at triage"])
            Phrase.Take(question, again);
        concepts.RemoveAll(concept => concept.Entries.IsEmpty && !concept.Kinds.Any(IsOfDrugs) && QuestionText.Normalize(concept.Words).Split(' ') is [.., "rec" or "reconciliation" or "med" or "meds" or "medication"]);
        return true;
    }

    /// <summary>"She was on Lasix", "which medicines was he taking": what was being taken, not what was ordered.</summary>
    private static bool IsTaken(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, List<TimePhrase> times)
    {
        if (topics.Exists(mention => mention.Topic.Current && KindFamilies.AreMedications(mention.Topic.Kinds)))
            return true;

        for (var i = 1; i < question.Count; i++)
        {
            if (question[i] is not "on" || !IsSubject(question, i - 1) || times.Exists(phrase => phrase.Span.First == i))
                continue;

            var next = i + 1;
            while (question[next] is "a" or "an" or "any" or "the" or "her" or "his" or "their" or "my" or "some")
                next++;
            if (next >= question.Count || concepts.Exists(concept => concept.Span.First <= next && concept.Span.After > next && concept.Kinds.Any(IsOfDrugs)) || topics.Exists(mention => mention.Span.First == next && mention.Topic.Kinds is [RecordKind.Medication])
                || (topics.TrueForAll(mention => mention.Topic.Rank < 2) || topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Medication])) && (question[next] is "on" or "in" or "at" or "during" or "when" or "before" or "as" || times.Exists(phrase => phrase.Span.First == next)))
                return concepts.TrueForAll(concept => concept.Kinds.Any(IsOfDrugs));
        }

        // "Meds on 1 January 2015", "medicines as of March".
        return concepts.Count == 0 && topics is [{ Topic.Kinds: [RecordKind.Medication], Topic.Given: false, Topic.Name: "medication" }] && times is [{ Window: { From: { } from, Until: { } until } } phrase]
            && until - from <= TimeSpan.FromHours(25) && (question[phrase.Span.First] is "on" or "at" or "as" || question[phrase.Span.First - 1] is "on" or "of" or "at");
    }

    private static bool IsSubject(QuestionText question, int at)
    {
        while (question[at] is "still" or "already" or "ever" or "also" or "just" or "been")
            at--;
        return question[at] is "was" or "were" or "is" or "are" or "he" or "she" or "they" or "i" or "patient" or "had" or "has" or "you";
    }

    /// <summary>"Total doxorubicin given", "cumulative dose", "how much did he get in total".</summary>
    private static bool IsUnit(ConceptMention concept) => concept.Words is "mg" or "mcg" or "g" or "units" or "ml";

    private static bool ReadTotal(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        if (Phrase.Find(question, ["total number", "total count", "total daily"]) is not null || Phrase.Find(question, ["in total", "altogether", "total dose of", "total dose", "total amount of", "total amount", "cumulative dose of", "cumulative dose", "cumulative amount of", "cumulative", "total"]) is not { } span
            || Enumerable.Range(0, question.Count).Any(i => question[i] is "many" && question[i + 1] is not ("units" or "mg" or "mcg" or "micrograms" or "milligrams" or "grams" or "g" or "ml"))
            || question.Tokens.Any(token => token.Word is "times" or "number" or "prescriptions" or "orders" or "doses"))
            return false;

        question.Claim(span);
        Phrase.Take(question, "how many units|mg|mcg|micrograms|milligrams|grams|g|ml of", "how many units|mg|mcg|micrograms|milligrams|grams|g|ml");
        Phrase.Take(question, "over all|the cycles", "across all|the cycles", "how much", "in mg|mcg|g|units|ml");
        topics.RemoveAll(mention => mention.Topic.Name == "dose");
        concepts.RemoveAll(IsUnit);
        return true;
    }
}
