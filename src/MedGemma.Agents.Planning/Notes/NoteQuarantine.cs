using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Notes.Claims;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>
/// Keeps what notes say apart from the plan, for one turn: all reading is asked for before any of it happens, planning is closed from then on, and what
/// comes out are ids and words of closed vocabularies. The words of the notes are put into the answer by code. Not safe for concurrent use.
/// </summary>
/// <param name="reader">Reads notes.</param>
public sealed partial class NoteQuarantine(INoteReader reader)
{
    private readonly Dictionary<string, (NoteFinding Finding, int Reading)> _findings = new(StringComparer.Ordinal);
    private readonly List<QueryResult> _results = [];

    /// <summary>True once a note may have been read: no plan, query or tool call that comes later may be carried out.</summary>
    public bool IsPlanningClosed { get; private set; }

    /// <summary>The queries that listed the notes, one for each request; they belong behind the answer's other results, in this order.</summary>
    public IReadOnlyList<QueryResult> Results => _results;

    /// <summary>What may be said of each reading; empty before.</summary>
    public IReadOnlyList<NoteReadingView> Views { get; private set; } = [];

    /// <summary>Reads notes and closes the planning.</summary>
    /// <param name="record">The record of the session's patient.</param>
    /// <param name="requests">Everything that is to be read in this turn.</param>
    /// <param name="context">Instant and zone of the question.</param>
    /// <param name="cancellationToken">Cancels the reading; planning stays closed.</param>
    /// <returns>What may be said of each reading.</returns>
    /// <exception cref="InvalidOperationException">Notes were read before in this turn.</exception>
    public async Task<IReadOnlyList<NoteReadingView>> ReadAsync(
        PatientRecord record, IReadOnlyList<NoteRequest> requests, QueryContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (IsPlanningClosed)
            throw new InvalidOperationException("Notes were read before in this turn, so that nothing more is read or planned.");

        IsPlanningClosed = true;
        var views = new List<NoteReadingView>(requests.Count);
        foreach (var request in requests)
        {
            var reading = await reader.ReadAsync(record, request, context, cancellationToken).ConfigureAwait(false);
            _results.Add(reading.Result);
            var shown = new List<NoteFindingView>(reading.Findings.Count);
            foreach (var finding in reading.Findings)
            {
                var named = finding with { Id = $"n{_findings.Count + 1}" };
                _findings.Add(named.Id, (named, _results.Count - 1));
                shown.Add(new NoteFindingView(named.Id, named.Kind, named.Assertion, named.Section, DayOf(named.Note.Time)));
            }

            views.Add(new NoteReadingView(
                shown, reading.Passages, reading.Read.Count, reading.Refused.Values.Sum(), reading.Result.Unread.Count,
                reading.Result.Missing.Count == 0, reading.Problem) { IsSearchWhole = reading.IsSearchWhole });
        }

        Views = views;
        return views;
    }

    /// <summary>Puts findings into claims: the words of the note, quoted, with where they stand. The verdict is the verifier's to give.</summary>
    /// <param name="ids">Ids of findings, as a model or code chose them; what is no id of this turn is left out.</param>
    /// <param name="firstResult">Index in the answer at which <see cref="Results"/> begin.</param>
    public IReadOnlyList<Claim> Write(IEnumerable<string> ids, int firstResult)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return
        [
            .. ids.Distinct(StringComparer.Ordinal)
                .Where(_findings.ContainsKey)
                .Select(id => _findings[id])
                .Select(chosen => QuoteClaims.Write(chosen.Finding, _results[chosen.Reading], firstResult + chosen.Reading)),
        ];
    }

    private static string? DayOf(string? time) => time is not null && Day().Match(time) is { Success: true } day ? day.Value : null;

    [GeneratedRegex("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Day();
}
