using System.Collections.Frozen;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Language;

/// <summary>What the words of a sentence mean to the checks. Words without a meaning here must come from the evidence.</summary>
internal static class Vocabulary
{
    /// <summary>Most words that one entry of a table has.</summary>
    public const int LongestPhrase = 3;

    private static readonly FrozenSet<string> Function = WordTable.LoadWords("function-words");
    private static readonly FrozenSet<string> RelativeNames = WordTable.LoadWords("relatives");
    private static readonly FrozenDictionary<string, string[]> Statuses = WordTable.LoadKeyed("statuses");
    private static readonly FrozenDictionary<string, RecordKind[]> Kinds = LoadEnums<RecordKind>("kinds");
    private static readonly FrozenDictionary<string, ResultElement[]> Elements = LoadEnums<ResultElement>("elements");

    private static readonly FrozenSet<string> Negations = new[]
    {
        "no", "not", "never", "none", "without", "nothing", "neither", "nor", "cannot", "nil", "absent", "absence", "lacks", "lack", "nobody",
        "isn't", "wasn't", "aren't", "weren't", "hasn't", "haven't", "hadn't", "doesn't", "didn't", "don't", "denies", "denied", "free",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> RelativeTimes = new[]
    {
        "yesterday", "today", "tomorrow", "tonight", "ago", "past", "recently", "lately", "now", "week", "weeks", "month", "months", "year", "years",
        "day", "days", "hour", "hours", "morning", "afternoon", "evening", "night", "weekend", "fortnight", "decade", "soon", "already", "nowadays",
        "daily", "weekly", "monthly", "yearly", "often", "usually", "sometimes",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Superlative> Superlatives = new Dictionary<string, Superlative>(StringComparer.Ordinal)
    {
        ["latest"] = Superlative.Latest, ["most recent"] = Superlative.Latest, ["last"] = Superlative.Latest, ["newest"] = Superlative.Latest,
        ["most recently"] = Superlative.Latest, ["final one"] = Superlative.Latest,
        ["first"] = Superlative.Earliest, ["earliest"] = Superlative.Earliest, ["initial"] = Superlative.Earliest, ["oldest"] = Superlative.Earliest,
        ["initially"] = Superlative.Earliest,
        ["highest"] = Superlative.Highest, ["longest"] = Superlative.Highest, ["shortest"] = Superlative.Lowest, ["maximum"] = Superlative.Highest, ["max"] = Superlative.Highest, ["peak"] = Superlative.Highest,
        ["largest"] = Superlative.Highest, ["greatest"] = Superlative.Highest, ["peaked"] = Superlative.Highest,
        ["lowest"] = Superlative.Lowest, ["minimum"] = Superlative.Lowest, ["min"] = Superlative.Lowest, ["smallest"] = Superlative.Lowest,
        ["nadir"] = Superlative.Lowest, ["least"] = Superlative.Lowest,
        ["average"] = Superlative.Mean, ["mean"] = Superlative.Mean, ["averaged"] = Superlative.Mean, ["median"] = Superlative.Median, ["sum"] = Superlative.Sum,
        ["only"] = Superlative.Only, ["sole"] = Superlative.Only, ["single"] = Superlative.Only, ["exactly one"] = Superlative.Only,
        ["all"] = Superlative.All, ["every"] = Superlative.All, ["each"] = Superlative.All, ["always"] = Superlative.All, ["complete list"] = Superlative.All,
        ["previous"] = Superlative.Penultimate, ["penultimate"] = Superlative.Penultimate, ["second to last"] = Superlative.Penultimate,
        ["most"] = Superlative.Unprovable, ["mostly"] = Superlative.Unprovable, ["majority"] = Superlative.Unprovable, ["several"] = Superlative.Unprovable,
        ["many"] = Superlative.Unprovable, ["few"] = Superlative.Unprovable, ["some"] = Superlative.Unprovable, ["worst"] = Superlative.Unprovable,
        ["best"] = Superlative.Unprovable, ["half"] = Superlative.Unprovable,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Ordinals = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["second"] = 2, ["third"] = 3, ["fourth"] = 4, ["fifth"] = 5, ["sixth"] = 6, ["seventh"] = 7, ["eighth"] = 8, ["ninth"] = 9, ["tenth"] = 10,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Trends = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["rising"] = 1, ["rose"] = 1, ["risen"] = 1, ["increasing"] = 1, ["increased"] = 1, ["increase"] = 1, ["upward"] = 1, ["climbing"] = 1, ["grown by"] = 1,
        ["falling"] = -1, ["fell"] = -1, ["fallen"] = -1, ["decreasing"] = -1, ["decreased"] = -1, ["decrease"] = -1, ["downward"] = -1,
        ["declining"] = -1, ["declined"] = -1, ["dropped"] = -1, ["dropping"] = -1,
        ["steady"] = 0, ["stable"] = 0, ["unchanged"] = 0, ["constant"] = 0, ["flat"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ValueComparison> Comparators = new Dictionary<string, ValueComparison>(StringComparer.Ordinal)
    {
        ["<"] = ValueComparison.Below, ["below"] = ValueComparison.Below, ["under"] = ValueComparison.Below, ["less than"] = ValueComparison.Below,
        ["lower than"] = ValueComparison.Below, ["fewer than"] = ValueComparison.Below, ["smaller than"] = ValueComparison.Below,
        [">"] = ValueComparison.Above, ["above"] = ValueComparison.Above, ["over"] = ValueComparison.Above, ["more than"] = ValueComparison.Above,
        ["greater than"] = ValueComparison.Above, ["higher than"] = ValueComparison.Above, ["exceeding"] = ValueComparison.Above,
        ["exceeded"] = ValueComparison.Above, ["exceeds"] = ValueComparison.Above,
        ["<="] = ValueComparison.AtMost, ["up to"] = ValueComparison.AtMost, ["≤"] = ValueComparison.AtMost, ["at most"] = ValueComparison.AtMost, ["no more than"] = ValueComparison.AtMost,
        ["not above"] = ValueComparison.AtMost, ["or less"] = ValueComparison.AtMost, ["or lower"] = ValueComparison.AtMost, ["or below"] = ValueComparison.AtMost,
        ["or fewer"] = ValueComparison.AtMost,
        [">="] = ValueComparison.AtLeast, ["≥"] = ValueComparison.AtLeast, ["at least"] = ValueComparison.AtLeast, ["no less than"] = ValueComparison.AtLeast,
        ["not below"] = ValueComparison.AtLeast, ["or more"] = ValueComparison.AtLeast, ["or higher"] = ValueComparison.AtLeast,
        ["or above"] = ValueComparison.AtLeast, ["or greater"] = ValueComparison.AtLeast,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Words that say which side of the body.</summary>
    public static FrozenSet<string> Sides { get; } = new[]
    {
        "left", "right", "bilateral", "bilaterally", "unilateral", "left-sided", "right-sided", "both sides", "lateral", "medial", "lt", "rt",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words that approve of rounding to any number of places.</summary>
    public static FrozenSet<string> Approximations { get; } =
        new[] { "about", "approximately", "roughly", "around", "rounded" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the checks know the phrase at all.</summary>
    public static bool Knows(string phrase) =>
        Function.Contains(phrase) || Negations.Contains(phrase) || RelativeTimes.Contains(phrase) || Superlatives.ContainsKey(phrase)
        || Ordinals.ContainsKey(phrase) || Trends.ContainsKey(phrase) || Comparators.ContainsKey(phrase) || Statuses.ContainsKey(phrase)
        || Kinds.ContainsKey(phrase) || Elements.ContainsKey(phrase) || RelativeNames.Contains(phrase) || Sides.Contains(phrase);

    public static bool IsFunctionWord(string phrase) => Function.Contains(phrase);

    public static bool IsNegation(string phrase) => Negations.Contains(phrase) || phrase.EndsWith("n't", StringComparison.Ordinal);

    public static bool IsRelativeTime(string phrase) => RelativeTimes.Contains(phrase);

    public static bool IsRelativeName(string phrase) => RelativeNames.Contains(phrase);

    public static bool IsSide(string phrase) => Sides.Contains(phrase);

    public static Superlative? SuperlativeOf(string phrase) => Superlatives.TryGetValue(phrase, out var superlative) ? superlative : null;

    public static int? OrdinalOf(string phrase) => Ordinals.TryGetValue(phrase, out var ordinal) ? ordinal : null;

    public static int? TrendOf(string phrase) => Trends.TryGetValue(phrase, out var direction) ? direction : null;

    public static ValueComparison? ComparatorOf(string phrase) => Comparators.TryGetValue(phrase, out var comparison) ? comparison : null;

    /// <summary>The canonical status that a word states, or null.</summary>
    public static string? StatusOf(string phrase) => Statuses.TryGetValue(phrase, out var canonical) ? canonical[0] : null;

    /// <summary>The kinds that a word names; empty when it names none.</summary>
    public static IReadOnlyList<RecordKind> KindsOf(string phrase) => Kinds.TryGetValue(phrase, out var kinds) ? kinds : [];

    /// <summary>The elements that a word names; empty when it names none.</summary>
    public static IReadOnlyList<ResultElement> ElementsOf(string phrase) => Elements.TryGetValue(phrase, out var elements) ? elements : [];

    private static FrozenDictionary<string, T[]> LoadEnums<T>(string name)
        where T : struct, Enum =>
        WordTable.LoadKeyed(name).ToFrozenDictionary(
            pair => pair.Key,
            pair => pair.Value.SelectMany(keys => keys.Split(' ')).Select(Enum.Parse<T>).Distinct().ToArray(),
            StringComparer.Ordinal);
}
