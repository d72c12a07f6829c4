using System.Collections.Frozen;
using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Keeps the unit of a dose from being read as a name while names are looked for: in "how many mg of apixaban" it is no magnesium.</summary>
internal static class DoseUnits
{
    /// <summary>Units as people write them, with the UCUM unit that a number is wanted in; null where the word says only that each dose is.</summary>
    private static readonly FrozenDictionary<string, string?> s_units = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["mg"] = "mg", ["mgs"] = "mg", ["milligram"] = "mg", ["milligrams"] = "mg", ["mcg"] = "ug", ["ug"] = "ug", ["µg"] = "ug", ["microgram"] = "ug", ["micrograms"] = "ug", ["g"] = "g", ["gram"] = "g", ["grams"] = "g",
        ["unit"] = null, ["units"] = null, ["iu"] = null,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Claims the unit behind "how many"; what is returned is given back when the names are found.</summary>
    public static IReadOnlyList<TokenSpan> Hold(QuestionText question)
    {
        var held = new List<TokenSpan>();
        for (var i = 0; i < question.Count; i++)
        {
            // "How many mg/dL" is of a measurement.
            // "With food" is no food.
            if (question[i] is "food" or "meal" or "meals" && question[i - 1] is "with" or "before" or "after" or "without" && !question.IsClaimed(i))
            {
                question.Claim(new TokenSpan(i, 1));
                held.Add(new TokenSpan(i, 1));
                continue;
            }

            if (!s_units.ContainsKey(question[i]) || question.IsClaimed(i) || !IsCounted(question, i) || question.Gap(i + 1).Contains('/', StringComparison.Ordinal))
                continue;

            question.Claim(new TokenSpan(i, 1));
            held.Add(new TokenSpan(i, 1));
        }

        return held;
    }

    /// <summary>Gives the units back.</summary>
    public static void Release(QuestionText question, IReadOnlyList<TokenSpan> held)
    {
        foreach (var span in held)
            question.Release(span);
    }

    /// <summary>The unit that each dose is wanted in, with its words claimed: the UCUM unit, "" for one without; null when none is asked for.</summary>
    public static string? Read(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (!s_units.TryGetValue(question[i], out var unit) || question.IsClaimed(i) || !IsCounted(question, i))
                continue;

            var first = i >= 2 && question[i - 1] is "many" or "of" ? i - 2 : i;
            question.Claim(new TokenSpan(first, i + 1 - first));
            return unit ?? "";
        }

        return null;
    }

    /// <summary>"How many mg", "number of units", "units of insulin?".</summary>
    private static bool IsCounted(QuestionText question, int at) =>
        (question[at - 1] is "many" && question[at - 2] is "how") || (question[at - 1] is "of" && question[at - 2] is "number") || (at == 0 && question[1] is "of");
}
