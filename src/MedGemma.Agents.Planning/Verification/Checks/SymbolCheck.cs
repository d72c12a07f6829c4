using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>Only punctuation and comparators: signs such as "≠", "~" or "↑", and characters that are not seen, may change what a sentence says.</summary>
internal sealed class SymbolCheck : IClaimCheck
{
    private const string Punctuation = ".,;:(){}[]'\"“”/-–—%&+*?#";

    public IEnumerable<string> Find(ClaimContext context) =>
        from symbol in context.Pieces.OfType<SymbolPiece>()
        where !Punctuation.Contains(symbol.Text, StringComparison.Ordinal) && Vocabulary.ComparatorOf(symbol.Text) is null
        select $"a sign that cannot be checked: U+{(int)symbol.Text[0]:X4}";
}
