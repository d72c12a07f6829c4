using System.Collections.Frozen;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>A claim, cut into pieces, beside the facts of the result that it speaks of.</summary>
internal sealed class ClaimContext
{
    private readonly FrozenSet<string> _queryWords;
    private readonly List<(FrozenSet<string> Asked, FrozenSet<string> Taken)> _concepts;

    public ClaimContext(Claim claim, QueryResult result, PatientRecord record)
    {
        Claim = claim;
        Result = result;
        Record = record;
        Facts = FactReader.Read(result, record);
        var cited = claim.Evidence.Concat(claim.Derivation?.Inputs ?? []).Select(Key).ToHashSet();
        Cited = [.. Facts.Where(fact => !fact.Proof.Any() || fact.Proof.Any(evidence => cited.Contains(Key(evidence))))];
        var patient = PatientNaming.Read(record);
        PatientNumbers = patient.Identifiers;
        _queryWords = Selection.Categories.Concat(Selection.Codes).Concat(new[] { Selection.Route, Selection.Via, Selection.NoteText }.OfType<string>())
            .SelectMany(NameWords.Of).Concat(patient.NameWords).Concat(FilterWords(Selection.Value))
            .Concat(Selection.Categories.Count > 0 ? ["category"] : [])
            .Concat(Selection.Encounter is null ? [] : ["visit"])
            .Concat(Selection.NotCounted.SelectMany(NameWords.Of))
            .Concat(Selection.WhereNot is { } not ? not.Words.SelectMany(NameWords.Of) : [])
            .Concat(Selection.Where is { } where ? where.Words.Append(ElementNames.Of(where.Element)).SelectMany(NameWords.Of) : [])
            .Concat(Selection.Kinds.Contains(RecordKind.SocialHistory) ? ["social", "history", "entry"] : [])
            .Concat(Selection.WithinDaysOfPrevious is null ? [] : ["within", "discharge", "readmission", "readmitted"]).ToFrozenSet(StringComparer.Ordinal);
        _concepts = ReadConcepts(result);
        Pieces = PieceReader.Read(claim.Text, Window?.Text is { Length: > 0 } text ? [text] : [], NamesOf(result), UnitsOf(result), PlacesOf(result));
        Segments = SegmentReader.Read(this);
    }

    public Claim Claim { get; }

    public QueryResult Result { get; }

    public PatientRecord Record { get; }

    public IReadOnlyList<Piece> Pieces { get; }

    /// <summary>Every value of the result.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The values whose evidence the claim carries: only of these may it speak.</summary>
    public IReadOnlyList<Fact> Cited { get; }

    /// <summary>The parts of the sentence, each with the facts that bear out all of it.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Numbers that identify this patient.</summary>
    public FrozenSet<string> PatientNumbers { get; }

    public RecordSelection Selection => Result.Query.Selection;

    public QueryWindow? Window => Selection.Window;

    public Aggregate Aggregate => Result.Query.Aggregate is GroupAggregate group ? group.Each : Result.Query.Aggregate;

    public IEnumerable<WordPiece> Words => Pieces.OfType<WordPiece>();

    /// <summary>True when the result proves that there is nothing.</summary>
    public bool ProvesAbsence => Result.Missing.Count == 0 && (Aggregate is not ChangedAggregate || Facts.All(fact => fact.Value is null))
        && (Result.Outcome == QueryOutcome.SearchedAndEmpty || Facts.All(fact => fact.Boolean == false))
        && Facts.All(fact => fact.Value is null || fact.Boolean == false || fact.Number == 0);

    /// <summary>Words by which the query itself, as opposed to the fact, is named.</summary>
    public bool IsQueryWord(string stem, Fact fact)
    {
        if (_queryWords.Contains(stem))
            return true;

        var nothingFound = fact.Value is null || fact.Resources.Count == 0;
        foreach (var (asked, taken) in _concepts)
        {
            // Of several concepts asked for, a fact is only called by the one that it was taken for.
            // "Prescriptions of A or B are recorded" is true when either is.
            var isAbout = _concepts.Count == 1 || nothingFound || fact.Words.Overlaps(taken) || (Aggregate is ExistsAggregate or CountAggregate && Says("or"));
            if (isAbout && (asked.Contains(stem) || (nothingFound && taken.Contains(stem))))
                return true;
        }

        return false;
    }

    /// <summary>True when a word or number anywhere in the sentence is one of these.</summary>
    public bool Says(params ReadOnlySpan<string> words)
    {
        foreach (var word in Words)
        {
            if (words.Contains(word.Text))
                return true;
        }

        return false;
    }

    /// <summary>The piece before another, or null.</summary>
    public Piece? Before(Piece piece, int steps = 1)
    {
        for (var index = 0; index < Pieces.Count; index++)
        {
            if (ReferenceEquals(Pieces[index], piece))
                return index >= steps ? Pieces[index - steps] : null;
        }

        return null;
    }

    /// <summary>The last word before a piece and the first one after it, without their endings, over brackets and hyphens but not over ends of clauses; null where there is none.</summary>
    public (string? Before, string? After) WordsAround(Piece piece)
    {
        var at = Pieces.Index().First(other => ReferenceEquals(other.Item, piece)).Index;
        return (Neighbour(at - 1, -1)?.LastOrDefault(), Neighbour(at + 1, 1)?.FirstOrDefault());

        IEnumerable<string>? Neighbour(int index, int step)
        {
            while (index >= 0 && index < Pieces.Count && Pieces[index] is SymbolPiece { Text: "(" or ")" or "-" or "[" or "]" or "/" })
                index += step;
            return index >= 0 && index < Pieces.Count && Pieces[index] is WordPiece or NamePiece ? NameWords.Of(Pieces[index].Text) : null;
        }
    }

    private static (ResourceKey, string, string) Key(Evidence evidence) => (evidence.Resource, evidence.Version, evidence.Path);

    private static List<(FrozenSet<string> Asked, FrozenSet<string> Taken)> ReadConcepts(QueryResult result)
    {
        var concepts = result.Concepts.Where(match => !match.Ambiguous).Select(match => (Words([match.Asked]), Words(match.Taken))).ToList();
        return concepts.Count > 0 || result.Concepts.Count > 0
            ? concepts
            : [.. result.Query.Selection.Concepts.Select(concept => (Words([concept]), FrozenSet<string>.Empty))];

        static FrozenSet<string> Words(IEnumerable<string> names) => names.SelectMany(NameWords.Of).ToFrozenSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> FilterWords(ValueFilter? filter) => filter?.Comparison switch
    {
        ValueComparison.Outside => ["outside"],
        ValueComparison.Abnormal => ["abnormal", "outside", "reference", "range"],
        ValueComparison.Normal => ["normal", "inside", "reference", "range"],
        ValueComparison.AboveRange => ["high", "above", "reference", "range"],
        ValueComparison.BelowRange => ["low", "below", "reference", "range"],
        ValueComparison.Susceptible => ["susceptible", "sensitive"],
        ValueComparison.Resistant => ["resistant"],
        _ => [],
    };

    private IEnumerable<string> NamesOf(QueryResult result) =>
        Facts.SelectMany(fact => fact.Names.Concat(fact.Value?.Qualifiers ?? []))
            .Concat(result.Concepts.Where(match => !match.Ambiguous).Select(match => match.Asked))
            .Concat(PatientNumbers)
            .Concat(result.Query.Selection.NotCounted)
            .Concat(result.Query.Selection.Where?.Words ?? [])
            .Concat(result.Query.Selection.WhereNot?.Words ?? [])
            .Concat(result.Query.Selection is { Via: { } place, Kinds: [RecordKind.CareUnit] } ? [place] : [])
            .Concat(result.Values.Count == 0 ? result.Concepts.SelectMany(match => match.Taken) : [])
            .Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> PlacesOf(QueryResult result) =>
        result.Query.Selection.Kinds is [RecordKind.CareUnit] ? result.Values.Select(value => value.Label).OfType<string>().Distinct() : [];

    private HashSet<string> UnitsOf(QueryResult result)
    {
        var units = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var unit in result.Values.Select(value => value.Unit).Concat(Facts.SelectMany(fact => fact.Proof).Select(evidence => evidence.Unit))
            .Append(result.Query.Selection.Value?.Unit))
        {
            if (!string.IsNullOrWhiteSpace(unit))
                units.Add(unit);
        }

        return units;
    }
}
