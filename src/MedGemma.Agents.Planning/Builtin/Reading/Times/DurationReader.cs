using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Finds that a question asks how long: "how long", "how many days did it last", "the duration of", "time from ... to ...", "hours in intensive care", "the ICU stay in hours". A length is never a count.</summary>
internal static class DurationReader
{
    /// <summary>Reads and claims the words that ask for a length, and the verbs that only say that something lasts.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about; those that only say that something ends leave the list.</param>
    /// <param name="requested">A unit that is asked for as that of any number ("in hours"), or null.</param>
    public static DurationAsk? Read(QuestionText question, List<TopicMention> topics, string? requested)
    {
        if (Find(question, topics, LengthWords.UnitOf(requested) is not null) is not { } found)
            return null;

        question.Claim(found.Span);
        var (unit, whole) = LengthWords.TakeRequest(question);
        unit = found.Unit ?? unit ?? LengthWords.UnitOf(requested);
        whole |= Enumerable.Range(found.Span.First, found.Span.Count).Any(i => LengthWords.IsWhole(question[i]));
        var isOngoing = (found.Span.Count > 0 && question[found.Span.After] is "has" or "have" or "since") || Enumerable.Range(0, question.Count).Any(i => question[i] is "ago" && !question.IsClaimed(i));

        // "How many days has she spent in hospital altogether": what is over, not what goes on.
        isOngoing &= !question.Tokens.Any(token => token.Word is "spent" or "spend" or "total" or "altogether" or "overall");
        for (var i = 0; i < question.Count; i++)
        {
            if (!question.IsClaimed(i) && (question[i] is "passed" or "elapsed" or "lasted" or "lasts" or "lasting" or "take" or "took" or "active" or "spend" or "spent" or "wait" or "waited" or "waiting" or "lie" or "lay" or "lying" or "apart" || IsVerbLast(question, i)))
                question.Claim(new TokenSpan(i, 1));
        }

        // "How long did she wait in the ED until the end of that visit": the whole of it.
        Phrase.Take(question, "until the end of that|the|this visit|stay|admission|encounter", "from start|beginning to finish|end");
        TakeWhole(question);

        // "How long did it take to resolve": the end is one of its two.
        topics.RemoveAll(mention => mention.Topic.Rank == 0 && mention.Topic.Element == ResultElement.End);
        return new DurationAsk(unit == "d" && !whole ? null : unit, whole, isOngoing) { InDays = unit == "d" && !whole };
    }

    private static (TokenSpan Span, string? Unit)? Find(QuestionText question, List<TopicMention> topics, bool isRequested)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is "how" && !question.IsClaimed(i) && (question[i + 1] is "long" || question[i + 1] is "soon" or "quickly" && question[i + 2] is "after"))
                return (new TokenSpan(i, 2), null);

            if (question[i] is "many" or "number" && !question.IsClaimed(i))
            {
                var unit = question[i] is "number" && question[i + 1] is "of" ? i + 2 : i + 1;
                while (LengthWords.IsWhole(question[unit]) || question[unit] is "calendar" or "total")
                    unit++;
                if (LengthWords.IsUnit(question[unit]))
                    return question[i - 2] is "on" || question[unit + 1] is "old" || question.IsClaimed(unit) ? null : (new TokenSpan(i, unit + 1 - i), question[unit - 1] is "calendar" ? "{night}" : LengthWords.UnitOf(question[unit]));
            }

            if (question[i] is "duration" or "length" && !question.IsClaimed(i))
                return (new TokenSpan(i, 1), null);

            if ((question[i] is "time" or "interval" or "gap" || LengthWords.IsUnit(question[i])) && !question.IsClaimed(i) && IsHead(question, i)
                && (question[i + 1] is "between" or "from" or "since" or "until" or "till" or "after" || (question[i + 1] is "to" && topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Appointment])) || (question[i] is not "time" && IsInStay(question, i + 1, topics))))
                return (new TokenSpan(i, 1), LengthWords.UnitOf(question[i]));
        }

        if (topics.Exists(mention => mention.Topic.Name == "length of stay"))
            return (default, null);

        // "ICU stay in hours": nothing else of a stay has a unit of time.
        return isRequested && topics.Exists(mention => mention.Topic.Rank > 1 && KindFamilies.AreStays(mention.Topic.Kinds)) ? (default, null) : null;
    }

    /// <summary>"Hours in intensive care", "nights spent in hospital", "days of the last admission".</summary>
    private static bool IsInStay(QuestionText question, int at, List<TopicMention> topics)
    {
        var from = question[at] is "spent" ? at + 1 : at;
        if (question[from] is not ("in" or "at" or "on" or "of"))
            return false;

        var stay = topics.Find(mention => mention.Span.After > from && mention.Topic.Rank > 1);
        return stay is not null && KindFamilies.AreStays(stay.Topic.Kinds) && stay.Topic.Element is null;
    }

    /// <summary>"From onset to resolution", "from start to finish": the whole of it, in words that name no event of their own.</summary>
    private static void TakeWhole(QuestionText question)
    {
        for (var i = 0; i + 3 < question.Count; i++)
        {
            if (question[i] is "from" && question[i + 2] is "to" or "until" && question[i + 1] is "onset" or "start" or "beginning" or "first" && question[i + 3] is "resolution" or "finish" or "end" or "abatement" or "recovery" or "resolving")
            {
                question.Claim(new TokenSpan(i, 4));
                return;
            }
        }
    }

    // "Ankle fracture: days from onset to resolution": the question begins behind the colon.
    private static bool IsHead(QuestionText question, int at) =>
        Enumerable.Range(0, at).Where(i => !Enumerable.Range(i + 1, at - i).Any(later => question.Gap(later).AsSpan().IndexOfAny(":-,;") >= 0)).All(i => question[i] is "what" or "whats" or "is" or "was" or "s" or "the" or "give" or "me" or "tell" or "show" or "calculate" or "compute" or "total" or "number" or "of" || LengthWords.IsWhole(question[i]));

    // "How long did her last admission last": the second is the verb.
    private static bool IsVerbLast(QuestionText question, int at) =>
        question[at] is "last" && at > 2 && (at == question.Count - 1 || question[at + 1] is "for" or "in" or "until") && (question.IsClaimed(at - 1) || question[at - 1] is "it" or "they" or "this" or "that");
}
