namespace MedGemma.Agents.Records.Queries.Derivations;

/// <summary>Names of what goes into a derivation beside its inputs.</summary>
internal static class DerivationParameters
{
    /// <summary>Unit that inputs were brought to.</summary>
    public const string Unit = "unit";

    /// <summary>What a conversion applied.</summary>
    public const string Factor = "factor";

    /// <summary>Instant of the question, round-trip format.</summary>
    public const string AsOf = "asOf";

    /// <summary>Zone of whole days.</summary>
    public const string Zone = "zone";

    /// <summary>Present where only completed units of a length count.</summary>
    public const string Whole = "whole";

    /// <summary>Comma-separated group of each input, for distinct counts.</summary>
    public const string Concepts = "concepts";

    /// <summary>Bucket that the value is of, when results were grouped.</summary>
    public const string Group = "group";

    /// <summary>Operation that made each number, when the inputs are not the numbers themselves: <c>duration</c> takes two inputs a number.</summary>
    public const string Of = "of";

    /// <summary>Operation of a clinical formula.</summary>
    public const string Calculate = "calculate";

    /// <summary>Which clinical formula.</summary>
    public const string Formula = "formula";

    /// <summary>Histories that a formula counts as absent, semicolons between them.</summary>
    public const string Absent = "absent";

    /// <summary>Operation that reads the text of a document which stands as base64.</summary>
    public const string Decode = "decode";

    /// <summary>Operation that reads the text of an XHTML narrative.</summary>
    public const string Narrative = "narrative";

    /// <summary>Format of a document; plain text where it is absent.</summary>
    public const string Format = "format";

    /// <summary>Character set of a document; where it is absent the document says it, or it is UTF-8.</summary>
    public const string Charset = "charset";

    /// <summary>Which input of a formula a piece of evidence is.</summary>
    public static string Input(int input) => $"input:{input}";

    /// <summary>UCUM unit of an input where its evidence writes a human one.</summary>
    public static string FromUnit(int input) => $"from:{input}";

    /// <summary>LOINC code of an input that was converted.</summary>
    public static string Loinc(int input) => $"loinc:{input}";
}
