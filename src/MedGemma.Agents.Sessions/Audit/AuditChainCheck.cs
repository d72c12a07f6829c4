using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>Computes a chain again row by row and collects what is not as it was written.</summary>
/// <param name="anchors">Rows noted elsewhere.</param>
internal sealed class AuditChainCheck(IReadOnlyList<AuditAnchor> anchors)
{
    private readonly List<AuditProblem> _problems = [];
    private readonly List<VouchedTurn> _answers = [];
    private readonly HashSet<AuditAnchor> _seen = [];
    private AuditAnchor _last = new(0, AuditHash.Genesis);
    private long _rows;
    private long _erased;
    private long _erasedBySay;

    /// <summary>The turns that Provenances vouch for, to be compared with what is stored; those of erased patients are not among them.</summary>
    public IReadOnlyList<VouchedTurn> Answers => _answers;

    /// <summary>Adds the next row in order of sequence.</summary>
    public void Add(AuditEntry entry)
    {
        _rows++;
        if (entry.Sequence != _last.Sequence + 1)
            Report(entry.Sequence, entry.Sequence <= _last.Sequence ? "the number stands twice" : string.Create(CultureInfo.InvariantCulture, $"rows {_last.Sequence + 1} to {entry.Sequence - 1} are missing"));
        else if (entry.Previous != _last.Hash)
            Report(entry.Sequence, "it is not chained to the row before it");
        if (AuditHash.OfEntry(entry) != entry.Hash)
            Report(entry.Sequence, "its fields are not those it was written with");

        CheckContent(entry);
        if (entry is { Action: AuditAction.ErasePatient, Outcome: { } said } && said.StartsWith(AuditAction.ErasedRows, StringComparison.Ordinal)
            && long.TryParse(said.AsSpan(AuditAction.ErasedRows.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
            _erasedBySay += rows;
        _last = new AuditAnchor(entry.Sequence, entry.Hash);
        if (anchors.Contains(_last))
            _seen.Add(_last);
    }

    /// <summary>Compares a stored turn with the digests of its Provenance.</summary>
    /// <param name="vouched">What the Provenance says.</param>
    /// <param name="answer">The stored answer, or null where there is none.</param>
    /// <param name="work">Digest of what else is stored of the turn.</param>
    public void AddAnswer(VouchedTurn vouched, string? answer, string? work)
    {
        if (answer is null)
            Report(vouched.Sequence, "the answer that it vouches for is not there any more");
        else if (AnswerProvenances.DigestOf(answer) != vouched.Answer)
            Report(vouched.Sequence, "the stored answer is not the one that it vouches for");
        else if (vouched.Work is not null && vouched.Work != work)
            Report(vouched.Sequence, "the stored question, queries, record versions or work of models are not those that it vouches for");
    }

    /// <summary>What was found.</summary>
    /// <param name="heads">The head as stored.</param>
    /// <param name="unchained">Rows that are in no chain.</param>
    /// <param name="unchainedLater">Of those, rows behind the first chained one.</param>
    public AuditVerification Finish(IReadOnlyList<AuditAnchor> heads, long unchained, long unchainedLater)
    {
        if (heads is not [var head] || head != _last)
            Report(null, "the last row is not the one that was written last: the end was cut off or replaced");
        if (_erased != _erasedBySay)
            Report(null, string.Create(CultureInfo.InvariantCulture, $"{_erased} rows are erased, and {_erasedBySay} were said to be"));
        if (unchainedLater > 0)
            Report(null, string.Create(CultureInfo.InvariantCulture, $"{unchainedLater} rows were added outside the chain"));
        foreach (var anchor in anchors.Where(anchor => anchor.Sequence > 0 && !_seen.Contains(anchor)))
            Report(anchor.Sequence, "the noted row is not there any more as it was");

        return new AuditVerification(_rows, _erased, unchained, _rows == 0 ? null : _last, _problems);
    }

    private void CheckContent(AuditEntry entry)
    {
        if (entry.IsErased && entry.PatientId is null)
        {
            _erased++;
            return;
        }

        if (entry.Resource is not { } resource || entry.Salt is not { } salt || AuditHash.OfContent(salt, entry.PatientId, resource) != entry.ContentDigest)
        {
            Report(entry.Sequence, "its patient or resource is not what it was written with");
            return;
        }

        if (entry is { Action: AuditAction.RecordAnswer, SessionKey: { } session, Turn: { } turn } && ReadDigests(resource) is { Answer: { } answer } digests)
            _answers.Add(new VouchedTurn(entry.Sequence, session, turn, answer, digests.Work));
    }

    private static (string? Answer, string? Work) ReadDigests(string resource)
    {
        try
        {
            return AnswerProvenances.ReadDigests(resource);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private void Report(long? sequence, string message) => _problems.Add(new AuditProblem(sequence, message));
}
