using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Finds "anything new since", "what has changed since", "what happened during": all that began in a time, of no kind in particular.</summary>
internal static class NewsReader
{
    /// <summary>Whether the question asks for what is new.</summary>
    public static bool Asks(QuestionText question)
    {
        var asksForThing = false;
        for (var i = 0; i < question.Count; i++)
        {
            asksForThing |= question[i] is "anything" or "what" or "something" or "whats" or "news" or "things";
            if (asksForThing && !question.IsClaimed(i) && question[i] is "new" or "changed" or "happened" or "news" && question[i + 1] is "" or "since" or "during" or "in" or "after" or "at" or "on" or "with" or "for" or "to" or "between" or "within" or "over")
                return true;
        }

        return false;
    }
}
