using MedGemma.Agents.Planning.Contradictions.Checks;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>
/// Finds contradictions in what an answer touches, by code alone. The answer is finished by then: whatever a check does, it costs the answer no more than a bounded time
/// and a word that it was not checked. Safe for concurrent use.
/// </summary>
public sealed partial class ContradictionFinder
{
    /// <summary>More would be read by nobody; the rest is there when the question is narrower.</summary>
    private const int Most = 12;

    /// <summary>A chart of ten million characters of notes takes a tenth of it.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(3);

    private readonly IRecordQueryEngine _engine;
    private readonly IUnitConverter _units;
    private readonly TimeProvider _clock;
    private readonly ILogger<ContradictionFinder> _logger;
    private readonly IReadOnlyList<IContradictionCheck> _checks;

    /// <summary>Makes one with every check there is.</summary>
    /// <param name="engine">Runs record queries.</param>
    /// <param name="vocabulary">Names of drugs and allergens in notes.</param>
    /// <param name="units">Converts units.</param>
    /// <param name="clock">Measures the time that it may take.</param>
    /// <param name="logger">Told of checks that failed.</param>
    public ContradictionFinder(IRecordQueryEngine engine, ConceptVocabulary vocabulary, IUnitConverter units, TimeProvider clock, ILogger<ContradictionFinder> logger)
        : this(
            engine,
            units,
            clock,
            logger,
            [
                new ValueCheck(), new UnitCheck(), new AllergyOrderCheck(vocabulary), new SexCheck(), new LifetimeCheck(), new NoteValueCheck(), new NoteOrderCheck(vocabulary),
                new NoteAllergyCheck(vocabulary), new NoteDenialCheck(),
            ])
    {
    }

    internal ContradictionFinder(IRecordQueryEngine engine, IUnitConverter units, TimeProvider clock, ILogger<ContradictionFinder> logger, IReadOnlyList<IContradictionCheck> checks) =>
        (_engine, _units, _clock, _logger, _checks) = (engine, units, clock, logger, checks);

    /// <summary>The contradictions, at most twelve.</summary>
    /// <param name="record">The record.</param>
    /// <param name="results">What the answer was made of.</param>
    /// <param name="question">Instant and zone of the question.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    /// <exception cref="OperationCanceledException">The turn was cancelled.</exception>
    public ContradictionFindings Find(PatientRecord record, IReadOnlyList<QueryResult> results, QueryContext question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(question);
        if (results.Count == 0)
            return new ContradictionFindings([], []);

        using var time = new CancellationTokenSource(s_longest, _clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var context = new ContradictionContext(record, results, question, _engine, _units, stop.Token);
        var found = new List<Contradiction>();
        var notChecked = new List<ContradictionKind>();
        foreach (var check in _checks)
        {
            try
            {
                foreach (var one in check.Find(context))
                {
                    if (found.TrueForAll(other => other.Text != one.Text))
                        found.Add(one);
                    if (found.Count == Most)
                        return new ContradictionFindings(found, [.. notChecked.Distinct()]);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception failed)
            {
                // A check's defect, or a text that it cannot get through, must not take a finished answer away.
                LogNotChecked(check.Kind, failed.GetType().Name);
                notChecked.Add(check.Kind);
            }
        }

        return new ContradictionFindings(found, [.. notChecked.Distinct()]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Contradictions of the kind {Kind} were not looked for to the end: {ExceptionType}")]
    private partial void LogNotChecked(ContradictionKind kind, string exceptionType);
}
