using System.Collections.Frozen;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>Words in which results, doses and frequencies are commonly written where no code is given; closed.</summary>
internal static class ClosedWords
{
    private static readonly FrozenSet<string> s_words = new[]
    {
        // Qualitative results, as in LOINC answer lists and urinalysis.
        "positive", "negative", "pos", "neg", "weakly positive", "strongly positive", "detected", "not detected", "reactive", "non-reactive", "nonreactive", "non reactive", "present", "absent",
        "normal", "abnormal", "within normal limits", "high", "low", "elevated", "decreased", "increased", "borderline", "critical", "indeterminate", "equivocal", "inconclusive", "invalid",
        "trace", "small", "moderate", "large", "few", "many", "rare", "occasional", "numerous", "none", "none seen", "not seen", "clear", "hazy", "slightly hazy", "cloudy", "turbid",
        "yellow", "pale yellow", "light yellow", "dark yellow", "straw", "amber", "red", "brown", "orange", "green", "pink", "colorless", "colourless",
        "susceptible", "intermediate", "resistant", "growth", "no growth", "pending", "canceled", "cancelled", "hemolyzed", "see comment", "unable to report", "unknown", "other",
        "yes", "no", "true", "false", "mild", "severe", "stable", "improved", "worse", "unchanged", "alert", "oriented", "sinus rhythm", "regular", "irregular",
        "never", "former", "current", "never smoker", "former smoker", "current smoker", "every day", "some days",

        // Blood groups.
        "a", "b", "ab", "o", "a positive", "a negative", "b positive", "b negative", "ab positive", "ab negative", "o positive", "o negative",
        "a pos", "a neg", "b pos", "b neg", "ab pos", "ab neg", "o pos", "o neg", "rh positive", "rh negative",

        // Routes and frequencies.
        "oral", "by mouth", "po", "iv", "intravenous", "im", "intramuscular", "sc", "subcutaneous", "sl", "sublingual", "topical", "inhaled", "inhalation", "nasal", "rectal", "transdermal",
        "once", "once daily", "daily", "every morning", "every evening", "at bedtime", "nightly", "twice daily", "twice a day", "three times daily", "three times a day", "four times daily",
        "four times a day", "every other day", "weekly", "once weekly", "monthly", "as needed", "qd", "od", "bid", "tid", "qid", "qhs", "hs", "qod", "prn", "stat",
        "q2h", "q3h", "q4h", "q6h", "q8h", "q12h", "q24h", "every 4 hours", "every 6 hours", "every 8 hours", "every 12 hours", "every 24 hours",

        // What code itself answers with.
        "rising", "falling", "steady", "male", "female",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text is one of them, case and outer spaces aside.</summary>
    public static bool Contains(string text) => s_words.Contains(text.Trim().TrimEnd('.'));
}
