using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Tests.Verification.Generated;

namespace MedGemma.Agents.Planning.Tests.Verification.Turns;

/// <summary>
/// Makes false sentences of true ones as a careless writer would: plain patterns over the text, with word lists of their own. Nothing here knows how the verifier reads, what its vocabulary
/// holds, or what the result was.
/// </summary>
internal static partial class FalseSentences
{
    private static readonly string[] s_drugs =
    [
        "metformin", "lisinopril", "warfarin", "furosemide", "atorvastatin", "simvastatin", "aspirin", "amoxicillin", "ibuprofen", "omeprazole", "levothyroxine", "insulin", "heparin", "digoxin", "amlodipine",
        "metoprolol", "sertraline", "albuterol", "prednisone", "apixaban", "penicillin", "vancomycin", "ceftriaxone", "hydrochlorothiazide", "losartan", "gabapentin", "morphine", "acetaminophen", "clopidogrel", "naproxen",
    ];

    private static readonly string[] s_tests =
    [
        "creatinine", "potassium", "sodium", "glucose", "hemoglobin A1c", "cholesterol", "triglycerides", "platelets", "leukocytes", "calcium", "albumin", "bilirubin", "urea nitrogen", "heart rate",
        "body weight", "body height", "body temperature", "systolic blood pressure", "diastolic blood pressure", "respiratory rate", "oxygen saturation",
    ];

    private static readonly string[] s_conditions =
    [
        "hypertension", "asthma", "diabetes mellitus type 2", "pneumonia", "heart failure", "chronic kidney disease", "atrial fibrillation", "depression", "anemia", "hyperlipidemia", "obesity", "sepsis", "osteoarthritis",
        "gastroesophageal reflux disease", "stroke",
    ];

    private static readonly (string From, string To)[] s_units =
    [
        ("mg/dL", "mmol/L"), ("mmol/L", "mg/dL"), ("g/dL", "mg/dL"), ("kg/m2", "kg"), ("kg", "lb"), ("cm", "in"), ("mm[Hg]", "kPa"), ("mmHg", "kPa"), ("%", "mmol/mol"), ("Cel", "[degF]"), ("/min", "/h"), ("beats/minute", "beats/hour"),
        ("mL", "L"), ("days", "weeks"), ("day", "week"), ("years", "months"), ("hours", "days"), ("months", "years"), ("mEq/L", "mg/dL"), ("10*3/uL", "10*6/uL"), ("ng/mL", "ug/mL"), ("tablet", "mL"), ("minutes", "hours"), ("weeks", "days"),
    ];

    private static readonly string[][] s_statuses =
    [
        ["active", "stopped", "on-hold"], ["completed", "cancelled", "in progress"], ["final", "preliminary", "amended"], ["confirmed", "refuted", "provisional"], ["resolved", "active"], ["current", "former"], ["planned", "completed"],
        ["taken", "not taken"], ["signed", "unsigned"], ["susceptible", "resistant"], ["high", "low"], ["positive", "negative"], ["normal", "abnormal"],
    ];

    private static readonly string[] s_superlatives = ["latest", "first", "highest", "lowest", "average", "median", "longest", "shortest", "second", "sum of"];

    private static readonly string[] s_paired = ["knee", "hip", "eye", "ear", "breast", "shoulder", "lung", "kidney", "wrist", "ankle", "femur", "hand", "foot"];

    /// <summary>Every change that the sentence allows, with a choice of the dice where there are many.</summary>
    public static IEnumerable<SentenceChange> Of(string sentence, Dice dice)
    {
        foreach (var number in Numbers(sentence).Take(3))
            yield return new("digit", Put(sentence, number, dice.OtherDigit(number.Value)));
        foreach (var (from, to) in s_units)
        {
            if (Regex.Match(sentence, $@"(?<=\d ?){Regex.Escape(from)}(?![\w/\]])") is { Success: true } unit)
                yield return new("unit", Put(sentence, unit, to));
        }

        if (Milligrams().Match(sentence) is { Success: true } dose)
            yield return new("mg/mcg", Put(sentence, dose, dose.Value.Equals("MG", StringComparison.OrdinalIgnoreCase) ? "mcg" : "mg"));
        foreach (var date in Dates().Matches(sentence).Take(2))
        {
            var day = DateTime.ParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            yield return new("date by a day", Put(sentence, date, day.AddDays(dice.Pick(-1, 1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            yield return new("date by a year", Put(sentence, date, day.AddYears(dice.Pick(-1, 1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        foreach (var change in Names("drug", s_drugs, sentence, dice).Concat(Names("analyte", s_tests, sentence, dice)).Concat(Names("condition", s_conditions, sentence, dice)).Concat(Laterality(sentence, dice)).Concat(Negations(sentence)))
            yield return change;
        foreach (var group in s_statuses)
        {
            foreach (var status in group)
            {
                // Of several alternatives one may be said twice.
                if (Word(status).Matches(sentence) is [var found] && !sentence.Contains(" with status ", StringComparison.Ordinal))
                    yield return new("status", Put(sentence, found, dice.PickOther(status, group)));
            }
        }

        if (Numbers(sentence).FirstOrDefault() is { } first && !CountsThings().IsMatch(sentence))
            yield return new("comparator", sentence.Insert(first.Index, dice.Pick("more than ", "below ", "at least ", "> ", "up to ", "almost ", "over ")));
        foreach (var superlative in s_superlatives)
        {
            if (Regex.Match(sentence, $@"(?<=\b[Tt]he ){superlative}\b") is { Success: true } which)
                yield return new("superlative", Put(sentence, which, dice.PickOther(superlative, s_superlatives)));
        }

        foreach (var change in Lists(sentence, dice).Concat(Subjects(sentence, dice)))
            yield return change;
    }

    private static IEnumerable<SentenceChange> Names(string kind, string[] names, string sentence, Dice dice)
    {
        foreach (var name in names)
        {
            if (Word(name).Match(sentence) is { Success: true } found)
                yield return new(kind, Put(sentence, found, dice.PickOther(name, [.. names.Where(other => other == name || !Word(other).IsMatch(sentence))])));
        }
    }

    private static IEnumerable<SentenceChange> Laterality(string sentence, Dice dice)
    {
        if (Sides().Match(sentence) is { Success: true } side)
        {
            yield return new("laterality", Put(sentence, side, side.Value.ToUpperInvariant() switch { "LEFT" => dice.Pick("right", "bilateral"), "RIGHT" => dice.Pick("left", "bilateral"), _ => dice.Pick("left", "right") }));
            yield break;
        }

        foreach (var organ in s_paired)
        {
            if (Word(organ).Match(sentence) is { Success: true } found)
                yield return new("laterality", sentence.Insert(found.Index, dice.Pick("left ", "right ")));
        }
    }

    private static IEnumerable<SentenceChange> Negations(string sentence)
    {
        if (sentence.StartsWith("Yes, ", StringComparison.Ordinal))
            yield return new("negation", "No, " + sentence[5..]);
        if (sentence.StartsWith("No ", StringComparison.Ordinal))
            yield return new("negation", char.ToUpperInvariant(sentence[3]) + sentence[4..]);
        if (sentence.StartsWith("No, ", StringComparison.Ordinal))
            yield return new("negation", "Yes, " + sentence[4..]);
        if (Verbs().Match(sentence) is { Success: true } verb && !sentence.StartsWith("No ", StringComparison.Ordinal))
            yield return new("negation", sentence.Insert(verb.Index + verb.Length, " not"));
        if (sentence.Contains(" not ", StringComparison.Ordinal))
            yield return new("negation", sentence.Replace(" not ", " ", StringComparison.Ordinal));
    }

    private static IEnumerable<SentenceChange> Lists(string sentence, Dice dice)
    {
        var colon = sentence.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 || !sentence.EndsWith('.'))
            yield break;

        var items = sentence[(colon + 2)..^1].Split("; ");
        var head = sentence[..(colon + 2)];
        if (items.Length > 1)
        {
            // An item said twice is said still.
            var odd = dice.Next(items.Length);
            if (!items.Where((_, index) => index != odd).Contains(items[odd]))
                yield return new("omission", head + string.Join("; ", items.Where((_, index) => index != odd)) + ".");
            var (one, other) = (Dates().Match(items[0]), Dates().Match(items[1]));
            if (one.Success && other.Success && one.Value != other.Value)
                yield return new("dates exchanged", head + string.Join("; ", items.Select((item, index) => index == 0 ? Put(item, one, other.Value) : index == 1 ? Put(item, other, one.Value) : item)) + ".");
            if (Numbers(items[0]).FirstOrDefault() is { } left && Numbers(items[1]).FirstOrDefault() is { } right && left.Value != right.Value && one.Value != other.Value)
                yield return new("values exchanged", head + string.Join("; ", items.Select((item, index) => index == 0 ? Put(item, left, right.Value) : index == 1 ? Put(item, right, left.Value) : item)) + ".");
        }

        if (!sentence.Contains(" of ", StringComparison.Ordinal) || items.Length > 1)
            yield return new("added item", head + string.Join("; ", items.Append(dice.Pick(s_drugs.Where(drug => !sentence.Contains(drug, StringComparison.OrdinalIgnoreCase)).ToArray()))) + ".");
    }

    private static IEnumerable<SentenceChange> Subjects(string sentence, Dice dice)
    {
        if (sentence.StartsWith("The ", StringComparison.Ordinal))
            yield return new("subject", dice.Pick("The mother's ", "Her father's ", "The brother's ", "The donor's ", "Mr. Smith's ") + sentence[4..]);
        else if (sentence.StartsWith("Yes, ", StringComparison.Ordinal))
            yield return new("subject", $"Yes, {dice.Pick("in the mother", "in his father", "for the roommate", "in the newborn")}: {sentence[5..]}");
        else
            yield return new("subject", dice.Pick("For the mother: ", "In her sister, ", "The father: ", "Of another patient: ") + sentence);
    }

    // Not within a date, a time, a code or a word.
    private static MatchCollection Numbers(string sentence) => Number().Matches(sentence);

    private static Regex Word(string word) => new($@"(?<![\w-]){Regex.Escape(word)}(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static string Put(string sentence, Capture place, string text) => sentence[..place.Index] + text + sentence[(place.Index + place.Length)..];

    [GeneratedRegex(@"(?<![\w.:/*+-])\d+(?:\.\d+)?(?![\w:/*-]|\.\d)")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b")]
    private static partial Regex Dates();

    [GeneratedRegex(@"(?<=\d ?)(?:MG|mg|MCG|mcg)\b(?!/)")]
    private static partial Regex Milligrams();

    [GeneratedRegex(@"\b(?:left|right|bilateral)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sides();

    [GeneratedRegex(@"\b(?:is|are|was|were|has|have)\b")]
    private static partial Regex Verbs();

    // "at least" of a count says less than is so, and is no falsehood.
    [GeneratedRegex(@"^(?:There (?:is|are)|\d+)\b")]
    private static partial Regex CountsThings();
}
