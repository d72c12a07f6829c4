using System.Text.Json;
using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>Puts the evidence behind the handles of a written claim, and verifies it.</summary>
/// <param name="verifier">Checks every claim, whoever wrote it.</param>
/// <param name="record">The record.</param>
/// <param name="results">The results of the turn.</param>
internal sealed partial class ClaimBinding(IClaimVerifier verifier, PatientRecord record, IReadOnlyList<QueryResult> results)
{
    private const int NoResult = -1;

    /// <summary>Longer free text is no part of a sentence.</summary>
    private const int LongestInserted = 400;

    /// <summary>The record.</summary>
    public PatientRecord Record => record;

    /// <summary>Puts free text in the place of its handle, and verifies the claim.</summary>
    /// <param name="written">As the model wrote it.</param>
    /// <returns>The claim with its verdict, and what is not borne out, for the model.</returns>
    public (Claim Claim, IReadOnlyList<string> Unsupported) Bind(WrittenClaim written)
    {
        var handles = new List<ResultHandle>();
        foreach (var text in written.Evidence)
        {
            if (!ResultHandle.TryParse(text, out var handle) || handle.Of(results) is null)
                return Refuse(written, "its evidence is not among what was found");

            handles.Add(handle);
        }

        if (handles.Count == 0)
            return Refuse(written, "it names no evidence");
        if (handles.Exists(handle => handle.Result != handles[0].Result))
            return Refuse(written, "it rests on several results; write one sentence for each");

        var index = handles[0].Result - 1;
        if (results[index].Outcome is QueryOutcome.Failed or QueryOutcome.NotSupplied)
            return Refuse(written, "nothing can be said of a result that failed or was not supplied");

        if (Insert(written.Text, handles, out var sentence) is { } wrong)
            return Refuse(written, wrong);

        var values = handles.SelectMany(handle => handle.Of(results)!).Distinct(ReferenceEqualityComparer.Instance).Cast<ResultValue>().ToList();
        var claim = new Claim(
            sentence, index, [.. values.SelectMany(value => value.Evidence).Distinct()], values is [{ Derivation: { } derivation }] ? derivation : null, Verdict.Refused);
        var unsupported = verifier.FindUnsupported(claim, results, record);
        var scope = results[index].DependsOnMissing ? ClaimScope.Supplied : ClaimScope.Record;
        return (claim with { Verdict = unsupported.Count == 0 ? Verdict.Supported : Verdict.Refused, Scope = scope }, unsupported);
    }

    /// <summary>Writers do not read free text, and write the handle of the value where it belongs; what must be said with a value and cannot be read either is put behind it.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    private string? Insert(string written, List<ResultHandle> handles, out string text)
    {
        string? wrong = null;
        var free = new FreeText(record);
        text = Placeholder().Replace(written, match =>
        {
            _ = ResultHandle.TryParse(match.Groups["handle"].Value, out var handle);
            if (!handles.Contains(handle) && !handles.Contains(handle with { Value = null }))
                wrong = $"{handle} is not named as its evidence";
            else if (handle.Of(results) is not [{ Value.ValueKind: JsonValueKind.String } value] || !free.IsValueOf(value))
                wrong = $"{handle} is no text that is not shown; write what stands in its row";
            else if (DisplayText.Bound(value.Value.GetString(), LongestInserted) is var shown && shown != value.Value.GetString())
                wrong = $"the text of {handle} cannot be put into a sentence";
            else
                return $"“{shown}”";
            return "";
        });
        var unread = handles.SelectMany(handle => handle.Of(results)!).SelectMany(value => value.Qualifiers.Where(qualifier => free.IsWith(qualifier, value))).Distinct(StringComparer.Ordinal).ToList();
        if (unread.Count > 0)
            text = $"{text.TrimEnd('.')} [{string.Join(", ", unread.Select(qualifier => DisplayText.Bound(qualifier)))}].";
        return wrong;
    }

    private static (Claim, IReadOnlyList<string>) Refuse(WrittenClaim written, string why) =>
        (new Claim(written.Text, NoResult, [], null, Verdict.Refused), [why]);

    [GeneratedRegex(@"“?\[(?<handle>r[1-9][0-9]?\.[1-9][0-9]{0,3})\]”?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Placeholder();
}
