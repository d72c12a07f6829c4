using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Reads how a medicine is to be taken: how, how often, how many, at what time of day, as needed; or which medicines are taken so.</summary>
internal static class DosageReader
{
    private static readonly string[] s_asNeeded =
        ["as needed or regular", "as needed", "as required", "when needed", "when required", "if needed", "if required", "as necessary", "when necessary", "as and when", "prn only", "prn", "on demand"];

    private static readonly string[] s_perDay = ["a day", "per day", "each day", "every day", "daily", "at a time", "per dose", "each time", "in a day", "24h", "per 24 hours"];

    private static readonly string[] s_portions = ["tablet", "tablets", "tabs", "pill", "pills", "capsule", "capsules", "caps", "puff", "puffs", "spray", "sprays", "drop", "drops", "inhalation", "inhalations", "patch", "patches", "sachets", "ml", "mls"];

    /// <summary>Reads and claims the words that ask for it.</summary>
    public static MedicineAsk Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, MedicineAsk ask)
    {
        var named = concepts.Exists(concept => concept.Kinds.Any(MedicineReader.IsOfDrugs));
        var given = topics.Exists(mention => mention.Topic is { Given: true } && question[mention.Span.First] is not "given" and not "administered");
        if (Phrase.Find(question, s_asNeeded) is { } asNeeded && !topics.Exists(mention => mention.Span.Overlaps(asNeeded) && mention.Topic.Name == "instructions"))
        {
            question.Claim(asNeeded);
            Phrase.Take(question, "only");
            return named ? ask with { Element = ResultElement.AsNeeded } : ask with { Where = new ElementFilter(ResultElement.AsNeeded, ["true"]), Present = IsPresent(question) || IsWithoutVerb(question) };
        }

        // "Her regular medicines": those that are not taken as needed.
        if (!named && Phrase.Take(question, "regular", "regularly", "standing", "scheduled"))
        {
            Phrase.Take(question, "only");
            return ask with { Where = new ElementFilter(ResultElement.AsNeeded, ["false"]), Present = IsPresent(question) || IsWithoutVerb(question) };
        }

        if (InjectionReader.Read(question, topics, named) is { } injected)
            return ask with { Where = injected, Present = true };

        if (named && question[0] is "what" && Phrase.Find(question, ["given|prescribed|used|taken|ordered|started for"]) is { } purpose && question[purpose.After] is "" or "in" or "at" or "during" or "on")
        {
            question.Claim(purpose);
            topics.RemoveAll(mention => mention.Topic.Name is "given" or "taken" && mention.Span.Overlaps(purpose));
            return ask with { Element = ResultElement.Reason };
        }

        var isPolar = question[0] is "is" or "are" or "does" or "do" or "was" or "did" or "has";
        var unit = named && !given ? DoseUnits.Read(question) : null;
        if (named && !isPolar && (unit is not null || topics.Exists(mention => mention.Topic.Name is "dose" or "strength")) && !topics.Exists(mention => mention.Topic.Given) && TimesOfDay.Read(question, out var isPerDay) is { } then)
        {
            // "How many units at bedtime": of what is taken then; "50 mg once a day" is how it is taken.
            ask = isPerDay ? ask with { Element = ResultElement.DosageInstruction } : ask with { Where = new ElementFilter(ResultElement.DosageInstruction, then), Element = ResultElement.Dose, Unit = unit };
            return ask;
        }

        if (unit is not null)
        {
            topics.RemoveAll(mention => mention.Topic.Name is "dose");
            return Phrase.Take(question, s_perDay) ? ask with { Element = ResultElement.DosageInstruction } : ask with { Element = ResultElement.Dose, Unit = unit };
        }

        if (named && ReadHowGiven(question, topics))
            return ask with { Element = ResultElement.Route };

        if (named && ReadHow(question, topics, given))
            return ask with { Element = ResultElement.DosageInstruction };

        if (named && ReadHowOften(question, topics, given))
            return ask with { Element = ResultElement.Frequency };

        if (TimesOfDay.Read(question, out var isHowOften) is { } written)
            return named && !(question[0] is "which" or "what" && concepts.TrueForAll(IsClass)) ? ask with { Element = isHowOften ? ResultElement.Frequency : ResultElement.DosageInstruction } : ask with { Where = new ElementFilter(ResultElement.DosageInstruction, written), Present = IsPresent(question) };

        return ask;
    }

    /// <summary>"Which medicines are taken at bedtime" asks of now, "which were ordered twice daily" does not.</summary>
    public static bool IsPresent(QuestionText question) =>
        question.Tokens.Any(token => token.Word is "are" or "is" or "does" or "do" or "takes" or "take") && !question.Tokens.Any(token => token.Word is "was" or "were" or "been" or "did" or "ever");

    /// <summary>"PRN medications?" is asked of now.</summary>
    private static bool IsWithoutVerb(QuestionText question) =>
        !question.Tokens.Any(token => token.Word is "was" or "were" or "been" or "did" or "ever" or "had" or "prescribed" or "ordered" or "given" or "received" or "got" or "started" or "stopped" or "since" or "in");

    private static bool IsClass(ConceptMention concept) => concept.Match.How == "class";

    /// <summary>"How was it given": by which way; "how is it given" is told by its instruction.</summary>
    private static bool ReadHowGiven(QuestionText question, List<TopicMention> topics)
    {
        for (var i = 0; i < question.Count; i++)
            if (question[i] is "how" && question[i + 1] is "was" or "were" or "is" && IsTaking(question, i) is { } verb && (question[verb] is "administered" || (question[i + 1] is not "is" && question[verb] is "given")) && !question.Tokens.Any(token => token.Word is "to" or "supposed"))
                return Claim(question, topics, i, verb);

        return false;
    }

    private static bool ReadHow(QuestionText question, List<TopicMention> topics, bool given)
    {
        for (var i = 0; i < question.Count; i++)
        {
            // "How is it given", "how should he take it": not "how much", which is a dose.
            if (question[i] is "how" && question[i + 1] is "is" or "are" or "was" or "were" or "do" or "does" or "did" or "should" or "must" or "to" && IsTaking(question, i) is { } verb)
                return Claim(question, topics, i, verb);

            if (Phrase.At(question, i, "what time of day") || Phrase.At(question, i, "which time of day") || Phrase.At(question, i, "what time of the day") || Phrase.At(question, i, "what part of the day") || Phrase.At(question, i, "when in the day"))
                return Claim(question, topics, i, null, 4);

            // "When does she take it", "when should it be taken": of now; "when was it given" is a time.
            if (!given && question[i] is "when" or "time" && question[i + 1] is "does" or "do" or "should" or "must" && IsTaking(question, i) is { } regularly)
                return Claim(question, topics, question[i - 1] is "what" or "which" ? i - 1 : i, regularly, question[i - 1] is "what" or "which" ? 2 : 1);

            if (question[i] is "label" or "timing" or "schedule" && !question.IsClaimed(i) && question[i - 1] is not "on")
                return Claim(question, topics, i, null);

            // "How many tablets a day", "how many puffs": what each dose is; how many were given is another question.
            var many = Phrase.At(question, i, "how many") ? 2 : Phrase.At(question, i, "number of") ? 2 : 0;
            if (many > 0 && s_portions.Contains(question[i + many]) && !topics.Exists(mention => mention.Topic.Name is "dispense" or "given" or "administration"))
            {
                Phrase.Take(question, s_perDay);
                topics.RemoveAll(mention => mention.Topic.Name == "medication" && mention.Span.First == i + many);
                return Claim(question, topics, i, null, many + 1);
            }

            // "How many simvastatin tablets a day".
            if (many > 0 && Phrase.Find(question, s_perDay) is { } daily && Enumerable.Range(i + many, Math.Min(4, question.Count - i - many)).Any(at => s_portions.Contains(question[at])) && !topics.Exists(mention => mention.Topic.Given))
            {
                question.Claim(daily);
                topics.RemoveAll(mention => mention.Topic.Name == "medication");
                return Claim(question, topics, i, null, many);
            }
        }

        if (topics.Exists(mention => mention.Topic.Name == "dose") && Phrase.Find(question, s_perDay) is { } perDay && !topics.Exists(mention => mention.Topic.Given))
        {
            question.Claim(perDay);
            topics.RemoveAll(mention => mention.Topic.Name == "dose");
            return true;
        }

        return false;
    }

    private static bool ReadHowOften(QuestionText question, List<TopicMention> topics, bool given)
    {
        if (Phrase.Find(question, ["how many times a|per|each|every day", "how many times daily", "how many times in a day", "times a|per day", "times daily"]) is { } times)
        {
            question.Claim(times);
            topics.RemoveAll(mention => mention.Topic.Name is "taken" or "given");
            return true;
        }

        if (Phrase.Find(question, ["how often", "how frequently"]) is not { } often || given
            || topics.Exists(mention => mention.Topic.Name is "prescription" or "dispense" or "administration" or "visit")
            || question.Tokens.Any(token => token.Word is "was" or "were" or "has" or "had" or "did") && Phrase.Find(question, ["to be taken", "to be given", "to be used", "to take", "supposed to"]) is null)
            return false;

        question.Claim(often);
        topics.RemoveAll(mention => mention.Topic.Name is "taken" or "given");
        return true;
    }

    private static int? IsTaking(QuestionText question, int at)
    {
        for (var i = at + 1; i < question.Count; i++)
            if (question[i] is "given" or "taken" or "administered" or "used" or "take" or "takes" or "use" or "uses" or "applied" or "apply" or "injected" or "inhaled" or "prescribed" or "taking" or "dosed" or "give" or "gives" or "administer" or "have" && i > at + 1)
                return i;

        return null;
    }

    private static bool Claim(QuestionText question, List<TopicMention> topics, int at, int? verb, int count = 1)
    {
        question.Claim(new TokenSpan(at, count));
        if (verb is { } taking)
        {
            question.Claim(new TokenSpan(taking, 1));
            topics.RemoveAll(mention => mention.Topic.Name is "taken" or "given" or "administration" or "route" or "prescription" && mention.Span.Contains(new TokenSpan(taking, 1)));
        }

        // Who gives it changes nothing of how it is given.
        Phrase.Take(question, "should", "must");
        Phrase.Take(question, "mom", "mum", "mother", "dad", "father", "parent", "parents", "carer", "caregiver", "wife", "husband", "daughter", "son");
        return true;
    }
}
