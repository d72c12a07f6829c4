using System.Collections.Frozen;
using MedGemma.Agents.Records.Reading;

namespace MedGemma.Agents.Records.Sources;

/// <summary>The resource types that whoever supplies data vouches for: nothing of them is missing.</summary>
/// <param name="All">True when every type is vouched for.</param>
/// <param name="Types">The types, when not all are.</param>
public sealed record CompleteTypes(bool All, FrozenSet<string> Types)
{
    /// <summary>The word for all types.</summary>
    public const string AllWord = "all";

    /// <summary>Nothing is vouched for.</summary>
    public static CompleteTypes None { get; } = new(false, []);

    /// <summary>Every type is vouched for.</summary>
    public static CompleteTypes Everything { get; } = new(true, []);

    /// <summary>Some types.</summary>
    /// <param name="all">Whether every type is vouched for.</param>
    /// <param name="types">The types by name.</param>
    public static CompleteTypes Of(bool all, IEnumerable<string> types) => new(all, types.ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Reads type names or <c>all</c>.</summary>
    /// <param name="words">FHIR R4 type names in their own spelling, or <c>all</c>.</param>
    /// <param name="complete">What they say; <see cref="None"/> when the result is false.</param>
    /// <param name="unknown">The first word that is neither, or null.</param>
    /// <returns>False when a word is no type: a misspelt type must not pass for a proof.</returns>
    public static bool TryParse(IEnumerable<string> words, out CompleteTypes complete, out string? unknown)
    {
        ArgumentNullException.ThrowIfNull(words);
        var all = words.SelectMany(static word => word.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        unknown = all.Find(static word => word != AllWord && !ResourceTypes.All.Contains(word));
        complete = unknown is not null ? None : all.Contains(AllWord) ? Everything : new CompleteTypes(false, all.ToFrozenSet(StringComparer.Ordinal));
        return unknown is null;
    }

    /// <summary>Whether a type is vouched for.</summary>
    /// <param name="type">FHIR resource type name.</param>
    public bool Contains(string type) => All || Types.Contains(type);

    /// <summary>What either vouches for.</summary>
    /// <param name="other">Another declaration about the same data.</param>
    public CompleteTypes Or(CompleteTypes other) =>
        All || other.All ? Everything : new CompleteTypes(false, Types.Union(other.Types).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>What both vouch for.</summary>
    /// <param name="other">A declaration about other data.</param>
    public CompleteTypes And(CompleteTypes other) =>
        All ? other : other.All ? this : new CompleteTypes(false, Types.Intersect(other.Types).ToFrozenSet(StringComparer.Ordinal));
}
