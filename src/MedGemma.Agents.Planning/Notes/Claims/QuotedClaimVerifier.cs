using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Notes.Claims;

/// <summary>
/// Verifies claims that quote a note: the words must stand in the note at their place, the note must decode to its text again, and the sentence must be the
/// one that code writes for the quote. Every other claim is the inner verifier's. Safe for concurrent use.
/// </summary>
/// <param name="inner">Verifies claims that quote no note.</param>
/// <param name="units">For computing derivations again.</param>
public sealed class QuotedClaimVerifier(IClaimVerifier inner, IUnitConverter units) : IClaimVerifier
{
    private readonly DerivationRecomputer _recomputer = new(units);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindUnsupported(Claim claim, IReadOnlyList<QueryResult> results, PatientRecord record)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(record);
        if (claim.Quote is not { } quote)
            return inner.FindUnsupported(claim, results, record);
        if (claim.QueryIndex < 0 || claim.QueryIndex >= results.Count || quote.ValueIndex < 0 || quote.ValueIndex >= results[claim.QueryIndex].Values.Count)
            return ["quotes no note of the result"];

        return [.. Check(claim, quote, results[claim.QueryIndex].Values[quote.ValueIndex], record)];
    }

    private IEnumerable<string> Check(Claim claim, NoteQuote quote, ResultValue note, PatientRecord record)
    {
        if (note.Evidence.Count == 0 || claim.Evidence is not [var cited] || cited != note.Evidence[0] || claim.Derivation != note.Derivation)
            yield return "evidence that is not the note's";
        if (note.Evidence.Any(evidence => !record.TryFollow(evidence.Resource.ToString(), out var resource) || resource.Version != evidence.Version || resource.Key != evidence.Resource))
            yield return "evidence that is not in this record";
        if (note.Value.ValueKind != JsonValueKind.String || !StandsAs(note))
            yield return "a text that is not the note's";
        else if (!IsAt(quote, DisplayText.Neutralize(note.Value.GetString()!)))
            yield return "words that do not stand in the note";
        if (claim.Text != QuoteClaims.Sentence(quote, note))
            yield return "a sentence that says more than the quote";
    }

    private static bool IsAt(NoteQuote quote, string text) =>
        quote.Length > 0 && quote.Start >= 0 && quote.Start <= text.Length - quote.Length
        && text.AsSpan(quote.Start, quote.Length).SequenceEqual(quote.Text);

    private bool StandsAs(ResultValue note) => note.Derivation is { } derivation
        ? _recomputer.TryRecompute(derivation, out var text) && JsonElement.DeepEquals(text, note.Value)
        : JsonElement.DeepEquals(note.Evidence[0].Value, note.Value);
}
