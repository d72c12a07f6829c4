using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads that something is asked of what a text says: "according to the discharge summary", "per the note", "metastases on the CT".</summary>
internal static class SourceReader
{
    /// <summary>The number of tokens before the source, the source's determiner included, when the words before a token make it one; 0 when they do not.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="source">First token of what the source is called.</param>
    public static int Leading(QuestionText question, int source)
    {
        var at = source - 1;
        while (at >= 0 && question[at] is "the" or "his" or "her" or "my" or "their" or "a" or "an" or "that" or "any" or "last" or "latest" or "recent" or "most" or "first")
            at--;

        var words = question[at] switch
        {
            "to" when question[at - 1] is "according" => 2,
            "per" => question[at - 1] is "as" ? 2 : 1,
            "from" or "by" or "in" or "on" when question[at - 1] is "stated" or "written" or "mentioned" or "recorded" or "documented" or "noted" or "described" or "reported" or "seen" or "visible" or "shown" or "given" => 2,
            "from" or "in" or "on" => 1,
            _ => 0,
        };
        return words == 0 ? 0 : source - at + words - 1;
    }

    /// <summary>Whether the words before a token say for certain that it is a source, not a place or a time.</summary>
    public static bool IsCertain(QuestionText question, int source)
    {
        var leading = Leading(question, source);
        return leading > 0 && question[source - leading] is "according" or "per" or "as" or "stated" or "written" or "mentioned" or "documented" or "noted" or "described" or "reported";
    }
}
