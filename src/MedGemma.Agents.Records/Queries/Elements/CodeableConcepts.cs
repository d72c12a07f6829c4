using System.Text.Json;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads what a CodeableConcept, a Coding or a plain string is called.</summary>
internal static class CodeableConcepts
{
    /// <summary>The text, else the first display, else the first code.</summary>
    public static ElementValue? Name(ElementCursor concept)
    {
        if (concept.Json.ValueKind == JsonValueKind.String)
            return NonEmpty(concept);

        if (concept.TryChild("text", out var text) && NonEmpty(text) is { } named)
            return named;

        return FirstOfCodings(concept, "display") ?? FirstOfCodings(concept, "code") ?? NameOfCoding(concept);
    }

    /// <summary>The first code.</summary>
    public static ElementValue? Code(ElementCursor concept) =>
        FirstOfCodings(concept, "code") ?? (concept.TryChild("code", out var code) ? NonEmpty(code) : null);

    /// <summary>Codes, displays and text of the concept, as written.</summary>
    public static IReadOnlyList<string> Names(ElementCursor concept) =>
        [.. concept.Children("coding").Prepend(concept).SelectMany(part => part.Children("code").Concat(part.Children("display")).Concat(part.Children("text"))).Select(part => part.Text).OfType<string>()];

    /// <summary>Whether a code, display or text of the concept equals the words, case aside.</summary>
    public static bool Says(ElementCursor concept, string words)
    {
        if (Is(concept, words) || (concept.TryChild("text", out var text) && Is(text, words)))
            return true;

        return SaysCoding(concept, words) || concept.Children("coding").Any(coding => SaysCoding(coding, words));
    }

    private static bool SaysCoding(ElementCursor coding, string words) =>
        (coding.TryChild("code", out var code) && Is(code, words)) || (coding.TryChild("display", out var display) && Is(display, words));

    private static bool Is(ElementCursor at, string words) =>
        at.Text is { } text && text.AsSpan().Trim().Equals(words.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);

    private static ElementValue? FirstOfCodings(ElementCursor concept, string name) =>
        concept.Children("coding")
            .Select(coding => coding.TryChild(name, out var child) ? NonEmpty(child) : null)
            .FirstOrDefault(value => value is not null);

    private static ElementValue? NameOfCoding(ElementCursor coding)
    {
        if (coding.TryChild("display", out var display) && NonEmpty(display) is { } named)
            return named;
        return coding.TryChild("code", out var code) ? NonEmpty(code) : null;
    }

    private static ElementValue? NonEmpty(ElementCursor at) => string.IsNullOrWhiteSpace(at.Text) ? null : at.ToValue();
}
