using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A name keeps the words that turn its meaning: "screening for colon cancer" is not said as "colon cancer".</summary>
internal sealed class NameModifierCheck : IClaimCheck
{
    private static readonly string[] s_modifiers =
    [
        "screening", "suspected", "possible", "probable", "rule", "history", "family", "risk", "exposure", "no", "not", "non", "absence", "absent", "negative",
        "fear", "prophylaxis", "prophylactic", "refused", "declined", "former", "previous", "past", "maternal", "paternal",
    ];

    public IEnumerable<string> Find(ClaimContext context)
    {
        var said = NameWords.Of(context.Claim.Text).ToHashSet(StringComparer.Ordinal);
        return context.Segments
            .Where(segment => segment.Facts.Count > 0 && segment.Pieces.Any(FactChecks.IsName))
            .SelectMany(segment => s_modifiers.Where(modifier => !said.Contains(modifier) && segment.Facts.All(fact => IsInLabel(modifier, fact) && !DeniesOnlyUnsaid(modifier, fact, said))))
            .Distinct(StringComparer.Ordinal)
            .Select(modifier => $"the name is said without: {modifier}");
    }

    /// <summary>"Non-small cell lung cancer" may be called lung cancer and "concussion with no loss of consciousness" a concussion: what is denied of them is not said at all.</summary>
    private static bool DeniesOnlyUnsaid(string modifier, Fact fact, HashSet<string> said)
    {
        if (modifier is not ("non" or "no") || fact.Value is not { Label: { } label })
            return false;

        var words = label.Split([' ', '-', ',', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries).Select(NameWords.Stem).ToList();
        for (var i = 0; i < words.Count; i++)
            if (words[i] == modifier && words.Skip(i + 1).Take(modifier == "non" ? 1 : words.Count).Any(said.Contains))
                return false;

        return words.Contains(modifier);
    }

    // Without a label the thing is called by its own name; what else it is coded as ("Beta Blockers Non-Cardiac Selective" beside propranolol) turns nothing of that.
    private static bool IsInLabel(string modifier, Fact fact) =>
        fact.Value is { Label: { } label } ? NameWords.Of(label).Contains(modifier)
        : fact.Words.Contains(modifier) && (fact.Resources.Count == 0 || fact.Resources.Any(resource => resource.Concept?.Name is not { } name || NameWords.Of(name).Contains(modifier)));
}
