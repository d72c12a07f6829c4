using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>A row of the chain as somebody noted it elsewhere: what was before it can then be neither cut off nor rewritten unseen.</summary>
/// <param name="Sequence">The row.</param>
/// <param name="Hash">Its hash.</param>
public sealed record AuditAnchor(long Sequence, string Hash) : IParsable<AuditAnchor>
{
    /// <summary>Written as <c>SEQUENCE:HASH</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");

    /// <inheritdoc/>
    public static AuditAnchor Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var anchor) ? anchor : throw new FormatException("An anchor is SEQUENCE:HASH, with a hash of 64 hexadecimal digits.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out AuditAnchor result)
    {
        result = null;
        if (s?.Split(':') is not [var number, { Length: 64 } hash] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || !hash.All(char.IsAsciiHexDigit))
            return false;

        result = new AuditAnchor(sequence, hash.ToLowerInvariant());
        return true;
    }
}
