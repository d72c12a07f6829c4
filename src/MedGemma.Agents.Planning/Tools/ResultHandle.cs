using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>How a model names what was found in its turn: <c>r2</c> is the second result, <c>r2.3</c> its third value. It never sees or writes a resource's id.</summary>
/// <param name="Result">1 for the first result.</param>
/// <param name="Value">1 for the first value, or null for all of the result.</param>
public readonly partial record struct ResultHandle(int Result, int? Value)
{
    /// <summary>What a handle looks like, for schemas.</summary>
    public const string Pattern = "^r[1-9][0-9]{0,7}(\\.[1-9][0-9]{0,3})?$";

    /// <summary>What the handle of one value looks like, for schemas.</summary>
    public const string ValuePattern = "^r[1-9][0-9]{0,7}\\.[1-9][0-9]{0,3}$";

    /// <inheritdoc/>
    public override string ToString() => Value is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"r{Result}.{value}")
        : string.Create(CultureInfo.InvariantCulture, $"r{Result}");

    /// <summary>Reads a handle.</summary>
    /// <param name="text">Text.</param>
    /// <param name="handle">The handle, whether or not it points at anything.</param>
    public static bool TryParse(string? text, out ResultHandle handle)
    {
        handle = default;
        if (text is null || Shape().Match(text) is not { Success: true } match)
            return false;

        var value = match.Groups["value"];
        handle = new ResultHandle(
            int.Parse(match.Groups["result"].ValueSpan, CultureInfo.InvariantCulture),
            value.Success ? int.Parse(value.ValueSpan, CultureInfo.InvariantCulture) : null);
        return true;
    }

    /// <summary>What it points at.</summary>
    /// <param name="results">The results of the turn.</param>
    /// <returns>One value, all values of a result, or null when there is nothing.</returns>
    public IReadOnlyList<ResultValue>? Of(IReadOnlyList<QueryResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return Result < 1 || Result > results.Count ? null : In(results[Result - 1]);
    }

    /// <summary>What it points at in its result.</summary>
    /// <param name="result">The result that it names.</param>
    /// <returns>One value, all values, or null when there is none of that number.</returns>
    internal IReadOnlyList<ResultValue>? In(QueryResult result) =>
        Value is not { } value ? result.Values : value <= result.Values.Count ? [result.Values[value - 1]] : null;

    [GeneratedRegex("^r(?<result>[1-9][0-9]{0,7})(?:\\.(?<value>[1-9][0-9]{0,3}))?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shape();
}
