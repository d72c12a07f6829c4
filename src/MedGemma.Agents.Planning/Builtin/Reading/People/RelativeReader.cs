using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.People;

/// <summary>Reads which relative a question is about: "did his dad", "my mum's side". The words stay free: they also say that family history is asked for.</summary>
internal static class RelativeReader
{
    /// <summary>The relation by its usual name, or null when none, or more than one, is named.</summary>
    public static string? Read(QuestionText question)
    {
        string? found = null;
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) && !question.IsTopical(i) || Relation(question[i]) is not { } relation)
                continue;

            if (found is not null && found != relation)
                return null;

            found = question[i - 1] is "maternal" or "paternal" && relation is "grandmother" or "grandfather" or "aunt" or "uncle" ? $"{question[i - 1]} {relation}" : relation;
        }

        return found;
    }

    /// <summary>Whether the relative is what is asked for: "which relative had a stroke", "who in the family".</summary>
    public static bool IsAskedFor(QuestionText question)
    {
        for (var i = 1; i < question.Count; i++)
            if ((question[i] is "relative" or "relatives" or "grandparent" or "grandparents" or "parent" or "sibling" or "side" && question[i - 1] is "which" or "what") || (question[i] is "member" or "members" && question[i - 1] is "family" && question[i - 2] is "which" or "what")
                || (question[i] is "family" && question[i - 1] is "the" or "his" or "her" or "my" && question[i - 2] is "in" or "of" && question[i - 3] is "who"))
                return true;

        return false;
    }

    private static string? Relation(string word) => word switch
    {
        "mother" or "mothers" or "mum" or "mums" or "mom" or "moms" or "mummy" or "mam" or "mama" => "mother",
        "father" or "fathers" or "dad" or "dads" or "daddy" or "papa" => "father",
        "brother" or "brothers" => "brother",
        "sister" or "sisters" => "sister",
        "sibling" or "siblings" => "sibling",
        "parent" or "parents" => "parent",
        "son" or "sons" => "son",
        "daughter" or "daughters" => "daughter",
        "grandmother" or "grandma" or "gran" or "granny" or "nan" or "nana" => "grandmother",
        "grandfather" or "grandpa" or "grandad" or "granddad" => "grandfather",
        "grandparent" or "grandparents" => "grandparent",
        "aunt" or "aunts" or "auntie" => "aunt",
        "uncle" or "uncles" => "uncle",
        "cousin" or "cousins" => "cousin",
        _ => null,
    };
}
