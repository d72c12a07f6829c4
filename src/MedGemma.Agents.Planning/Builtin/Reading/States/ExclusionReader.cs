using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>
/// Finds kinds of stays that a question leaves out: "hospital admissions without the ED and ICU encounters", "(not ED, not ICU stays)", "ED visits not counted", and those that it means alone: "the ED itself", "ED only".
/// What is left out must be told from the rest by the record; only inpatient stays are.
/// </summary>
internal static class ExclusionReader
{
    /// <summary>Reads and takes what is left out away.</summary>
    /// <returns>True when emergency or intensive care stays are left out of hospital stays.</returns>
    public static bool Read(QuestionText question, List<TopicMention> topics)
    {
        TakeEmphasis(question, topics);
        var main = topics.Find(mention => mention.Topic is { Kinds: [RecordKind.HospitalStay], Rank: > 3 } && !IsNegated(question, mention.Span.First));
        if (main is null)
            return TakeHospital(question, topics);

        var excluded = topics.FindAll(mention => mention != main && mention.Topic is { Kinds: [RecordKind.EmergencyVisit or RecordKind.IcuStay], Element: null });
        if (excluded.Count == 0)
            return false;

        var first = excluded[0].Span.First;
        var word = Before(question, first);
        var isBefore = word >= 0 && IsExclusion(question, word);
        word = isBefore && question[word] is "counting" or "including" ? word - 1 : word;
        var after = excluded[^1].Span.After;
        while (question[after] is "sub" or "substays" or "stays" or "visits" or "encounters" or "records" or "ones" or "are" or "is" or "being")
            after++;
        var isBehind = question[after] is "not" && question[after + 1] is "counted" or "included" || question[after] is "left" && question[after + 1] is "out" or "aside" || question[after] is "excluded" or "omitted" or "ignored";
        if (!isBefore && !isBehind)
            return false;

        var end = isBehind ? question[after] is "not" or "left" ? after + 2 : after + 1 : question[after] is "not" && question[after + 1] is "counted" or "included" ? after + 2 : after;
        topics.RemoveAll(excluded.Contains);
        topics.RemoveAll(mention => mention != main && mention.Span.First >= (isBefore ? word : first) && mention.Span.After <= end);
        question.Claim(new TokenSpan(isBefore ? word : first, end - (isBefore ? word : first)));
        return true;
    }

    /// <summary>Reads that emergency departments, or intensive care, are left out of wards: "(emergency department left out)", "ICU not counted", "without the ED".</summary>
    /// <returns>The kind of stay whose places are left out, or null.</returns>
    public static RecordKind? ReadOfWards(QuestionText question, List<TopicMention> topics)
    {
        if (!topics.Exists(mention => mention.Topic.Kinds is [RecordKind.CareUnit]))
            return null;

        foreach (var mention in topics.FindAll(mention => mention.Topic is { Kinds: [RecordKind.EmergencyVisit or RecordKind.IcuStay], Element: null }))
        {
            var before = Before(question, mention.Span.First);
            var after = mention.Span.After;
            while (question[after] is "stays" or "stay" or "are" or "is" or "being" or "itself")
                after++;
            var words = question[after] switch { "left" when question[after + 1] is "out" or "aside" => 2, "not" when question[after + 1] is "counted" or "included" => 2, "excluded" or "omitted" or "ignored" or "aside" => 1, _ => 0 };
            var isBefore = before >= 0 && (IsExclusion(question, before) || question[before] is "ignoring" or "ignore" or "omitting");
            if (words == 0 && !isBefore)
                continue;

            var first = isBefore ? before : mention.Span.First;
            question.Claim(new TokenSpan(first, after + words - first));
            topics.Remove(mention);
            return mention.Topic.Kinds[0];
        }

        return null;
    }

    /// <summary>"The ED stay, not the hospital admission".</summary>
    private static bool TakeHospital(QuestionText question, List<TopicMention> topics)
    {
        if (topics.Find(mention => mention.Topic is { Kinds: [RecordKind.HospitalStay], Element: null, Rank: > 3 } && IsNegated(question, mention.Span.First)) is { } other
            && topics.Exists(mention => mention.Topic.Kinds is [RecordKind.EmergencyVisit or RecordKind.IcuStay]))
        {
            topics.Remove(other);
            var word = Before(question, other.Span.First);
            question.Claim(new TokenSpan(word, other.Span.After - word));
        }

        // "ED stays (the inpatient admissions themselves not counted)".
        var stays = topics.FindAll(mention => mention.Topic is { Kinds: [RecordKind.HospitalStay], Element: null, Rank: > 3 });
        if (stays.Count > 0 && topics.Exists(mention => mention.Topic.Kinds is [RecordKind.EmergencyVisit or RecordKind.IcuStay] && mention.Span.After <= stays[0].Span.First))
        {
            var after = stays[^1].Span.After;
            after = question[after] is "themselves" ? after + 1 : after;
            var words = question[after] switch { "not" when question[after + 1] is "counted" or "included" => 2, "left" when question[after + 1] is "out" or "aside" => 2, "excluded" or "omitted" => 1, _ => 0 };
            if (words > 0)
            {
                topics.RemoveAll(stays.Contains);
                question.Claim(new TokenSpan(stays[0].Span.First, after + words - stays[0].Span.First));
            }
        }

        return false;
    }

    /// <summary>"Itself", "only", "alone" beside a stay, and the stay said again in brackets.</summary>
    private static void TakeEmphasis(QuestionText question, List<TopicMention> topics)
    {
        // "His last stay in the emergency department": one stay, of the kind that stands behind.
        foreach (var noun in topics.Where(mention => mention.Topic is { Kinds: [RecordKind.HospitalStay or RecordKind.Encounter], Element: null } && question[mention.Span.After - 1] is "stay" or "stays" or "visit" or "visits").ToList())
        {
            var behind = topics.Find(other => other != noun && other.Topic is { Kinds: [RecordKind.EmergencyVisit or RecordKind.IcuStay], Element: null } && (other.Span.First == noun.Span.After || IsJoined(question, noun.Span.After, other.Span.First)));
            if (behind is null || question[behind.Span.After - 1] is "stay" or "stays" or "visit" or "visits")
                continue;

            var whole = new TokenSpan(noun.Span.First, behind.Span.After - noun.Span.First);
            topics.RemoveAll(mention => mention == noun || mention == behind);
            question.ClaimTopic(whole);
            topics.Add(new TopicMention(whole, behind.Topic));
        }

        foreach (var stay in topics.Where(mention => mention.Topic.Rank > 3 && KindFamilies.AreStays(mention.Topic.Kinds)).ToList())
        {
            // "The last emergency department stay": one stay, of the kind that stands first.
            if (topics.Find(other => other != stay && other.Span.First == stay.Span.After && question[other.Span.First] is "stay" or "stays" or "visit" or "visits" or "admission" or "encounter" or "encounters" && other.Span.Count == 1) is { } noun && stay.Topic.Kinds is not [RecordKind.HospitalStay])
                topics.Remove(noun);
            if (topics.Exists(other => other != stay && other.Topic == stay.Topic && other.Span.First < stay.Span.First) && question.Gap(stay.Span.First).Contains('('))
                topics.Remove(stay);
            if (question[stay.Span.After] is "itself" or "only" or "alone" && !question.IsClaimed(stay.Span.After))
                question.Claim(new TokenSpan(stay.Span.After, 1));
        }
    }

    private static bool IsJoined(QuestionText question, int at, int first) =>
        first > at && question[at] is "in" or "at" or "to" or "on" && (first == at + 1 || (first == at + 2 && question[at + 1] is "the"));

    private static bool IsNegated(QuestionText question, int at) => Before(question, at) is var word and >= 0 && question[word] is "not";

    private static int Before(QuestionText question, int at)
    {
        var word = at - 1;
        while (question[word] is "the" or "any" or "a" or "an" or "for" or "those" or "in")
            word--;
        return word;
    }

    private static bool IsExclusion(QuestionText question, int at) =>
        question[at] is "not" or "without" or "excluding" or "except" or "excl" || (question[at] is "counting" or "including" && question[at - 1] is "not" or "without") || (question[at] is "from" && question[at - 1] is "apart") || (question[at] is "than" && question[at - 1] is "other");
}
