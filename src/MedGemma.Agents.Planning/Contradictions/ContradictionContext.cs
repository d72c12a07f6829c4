using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>What an answer touches, and what looks further.</summary>
internal sealed class ContradictionContext
{
    private readonly IRecordQueryEngine _engine;
    private readonly Lazy<NoteWordIndex> _notes;

    public ContradictionContext(PatientRecord record, IReadOnlyList<QueryResult> results, QueryContext question, IRecordQueryEngine engine, IUnitConverter units, CancellationToken cancellationToken)
    {
        _engine = engine;
        (Record, Results, Question, Units, CancellationToken) = (record, results, question, units, cancellationToken);
        Kinds = results.SelectMany(result => result.Query.Selection.Kinds).ToHashSet();
        Touched = results.SelectMany(result => result.Values)
                .SelectMany(value => value.Derivation is { } derivation ? value.Evidence.Concat(derivation.Inputs) : value.Evidence)
                .Select(evidence => evidence.Resource).Distinct()
                .Select(key => record.TryFollow(key.ToString(), out var resource) ? resource : null)
                .OfType<RecordResource>()
                .ToHashSet();
        Concepts = [.. record.Concepts.Entries.Where(entry => entry.Resources.Any(resource => Touched.Contains(resource)))];
        _notes = new Lazy<NoteWordIndex>(ReadNotes);
    }

    public PatientRecord Record { get; }

    public IReadOnlyList<QueryResult> Results { get; }

    public QueryContext Question { get; }

    public IUnitConverter Units { get; }

    /// <summary>Kinds that were asked about.</summary>
    public IReadOnlySet<RecordKind> Kinds { get; }

    /// <summary>Resources that the answer rests on.</summary>
    public IReadOnlySet<RecordResource> Touched { get; }

    /// <summary>Concepts that those resources are about.</summary>
    public IReadOnlyList<ConceptEntry> Concepts { get; }

    /// <summary>Ends when the turn or the time for looking does; whoever loops over what may be much looks at it.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The notes that existed at the question's instant, read when first asked for.</summary>
    public NoteWordIndex Notes => _notes.Value;

    /// <summary>True when the question asks about one of these kinds.</summary>
    public bool Asks(params ReadOnlySpan<RecordKind> kinds)
    {
        foreach (var kind in kinds)
        {
            if (Kinds.Contains(kind))
                return true;
        }

        return false;
    }

    /// <summary>Runs a query at the question's instant.</summary>
    public QueryResult Run(RecordSelection selection, Aggregate aggregate, ResultElement element = ResultElement.Default)
    {
        CancellationToken.ThrowIfCancellationRequested();
        return _engine.Run(Record, new RecordQuery(selection, aggregate, element), Question);
    }

    /// <summary>The document that a note is, when the record has it.</summary>
    public RecordResource? DocumentOf(NoteText note) => Record.TryFollow(note.Evidence.Resource.ToString(), out var document) ? document : null;

    /// <summary>Whether a resource counts and existed at the question's instant.</summary>
    public bool Counts(RecordResource resource) =>
        resource.Standing != Standing.NeverCounts && !(resource.RecordedAt > Question.AsOf) && !(resource.When?.Start > Question.AsOf);

    /// <summary>Evidence that a resource is there.</summary>
    public static Evidence Existence(RecordResource resource) => new(resource.Key, resource.Version, resource.Key.Type, default, null, resource.WhenText);

    /// <summary>Evidence that a note says something; its words stand beside it.</summary>
    public static Evidence Existence(NoteText note) => note.Evidence with { Value = default };

    private NoteWordIndex ReadNotes()
    {
        var result = Run(new RecordSelection { Kinds = [RecordKind.Document, RecordKind.DiagnosticReport] }, new ListAggregate(), ResultElement.Text);
        return new NoteWordIndex(NoteTexts.Of(result), CancellationToken);
    }
}
