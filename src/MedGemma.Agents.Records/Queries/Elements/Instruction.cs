using System.Collections.Frozen;
using System.Text.Json;
using MedGemma.Agents.Records.Concepts;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>What one dosage tells the patient, where it is read of more than one of its elements.</summary>
internal static class Instruction
{
    private static readonly FrozenSet<string> s_oftenWords = new[]
    {
        "daily", "nightly", "weekly", "monthly", "once", "twice", "thrice", "every", "each", "hourly",
        "bid", "tid", "qid", "qd", "od", "bd", "tds", "qds", "qhs", "qam", "qpm", "prn", "needed", "needs", "required", "stat", "continuous", "continuously",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_timesOfDay =
        new[] { "bedtime", "morning", "evening", "night", "noon", "breakfast", "lunch", "dinner", "supper", "meal", "meals", "hs", "ac", "pc" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] s_asNeeded = ["as needed", "when needed", "if needed", "prn", "as required", "when required", "if required"];

    /// <summary>Whether a text says how often something is taken.</summary>
    public static bool SaysHowOften(string text) => PhraseText.Words(text).Any(word => s_oftenWords.Contains(word) || (word.Length is 3 or 4 && word[0] == 'q' && char.IsAsciiDigit(word[1])));

    /// <summary>Whether a text says how often something is taken, or at what time of the day.</summary>
    private static bool SaysWhen(string text) => SaysHowOften(text) || PhraseText.Words(text).Any(s_timesOfDay.Contains);

    /// <summary>The text; where it says neither how often nor when ("200 mL bag"), with dose, route and frequency and what is said besides; null when nothing of it is recorded.</summary>
    public static ElementValue? Of(ElementCursor dosage)
    {
        var text = DosageElements.TextOf(dosage);
        if (text is not null && SaysWhen(text.Value.GetString()!))
            return text;

        var parts = new List<(string Path, string Text)>();
        var dose = dosage.TryChild("dose", out var given) ? Quantities.Read(given)
            : dosage.Children("doseAndRate").SelectMany(part => part.TryChoice("dose", out var ordered, out var type) && type != "Range" ? Quantities.ReadChoice(ordered, type) : []).FirstOrDefault();
        if (dose is not null)
        {
            parts.Add(dose.UnitPath is null
                ? ($"{dose.Path}.toString()", dose.Value.GetRawText())
                : ($"{dose.Path}.toString() & ' ' & {dose.UnitPath}", $"{dose.Value.GetRawText()} {dose.Unit}"));
        }

        if (dosage.TryChild("route", out var route) && CodeableConcepts.Name(route) is { } way)
            parts.Add((way.Path, way.Value.GetString()!));
        if (dosage.TryChild("timing", out var timing) && DosageElements.FrequencyOf(timing) is { } often)
            parts.Add((often.Path, often.Value.GetString()!));
        if (dosage.TryChoice("asNeeded", out var asNeeded, out _) && asNeeded.Json.ValueKind == JsonValueKind.True)
            parts.Add(($"iif({asNeeded.Path}, 'as needed', '')", "as needed"));

        if (text is not null)
            parts.Add((text.Path, text.Value.GetString()!));
        foreach (var besides in dosage.Children("additionalInstruction").Select(CodeableConcepts.Name).OfType<ElementValue>())
            parts.Add((besides.Path, besides.Value.GetString()!));

        return parts switch
        {
            [] => null,
            [var (path, only)] => ElementValue.OfText(dosage, path, only),
            _ => ElementValue.OfText(dosage, string.Join(" & ', ' & ", parts.Select(part => part.Path)), string.Join(", ", parts.Select(part => part.Text))),
        };
    }

    /// <summary>Whether one dosage is as needed; null when neither an element nor words say it or how often it is.</summary>
    public static ElementValue? AsNeeded(ElementCursor dosage)
    {
        if (dosage.TryChoice("asNeeded", out var choice, out var type))
            return type == "boolean" ? choice.ToValue() : ElementValue.OfText(dosage, $"{choice.Path}.exists()", "") with { Value = JsonSerializer.SerializeToElement(true) };

        if (dosage.TryChild("text", out var written) && written.Text is { Length: > 0 } text && SaysWhen(text))
        {
            var said = Array.Find(s_asNeeded, phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase));
            return new ElementValue(dosage.Holder, $"{written.Path}.lower().contains('{said ?? s_asNeeded[0]}')", JsonSerializer.SerializeToElement(said is not null));
        }

        return null;
    }
}
