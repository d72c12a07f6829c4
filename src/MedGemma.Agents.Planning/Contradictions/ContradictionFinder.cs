using MedGemma.Agents.Planning.Contradictions.Checks;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>Finds contradictions in what an answer touches, by code alone. Safe for concurrent use.</summary>
/// <param name="engine">Runs record queries.</param>
/// <param name="vocabulary">Names of drugs and allergens in notes.</param>
/// <param name="units">Converts units.</param>
public sealed class ContradictionFinder(IRecordQueryEngine engine, ConceptVocabulary vocabulary, IUnitConverter units)
{
    /// <summary>More would be read by nobody; the rest is there when the question is narrower.</summary>
    private const int Most = 12;

    private readonly IContradictionCheck[] _checks =
    [
        new ValueCheck(), new UnitCheck(), new AllergyOrderCheck(vocabulary), new SexCheck(), new LifetimeCheck(), new NoteValueCheck(), new NoteOrderCheck(vocabulary), new NoteAllergyCheck(vocabulary),
        new NoteDenialCheck(),
    ];

    /// <summary>The contradictions, at most twelve.</summary>
    /// <param name="record">The record.</param>
    /// <param name="results">What the answer was made of.</param>
    /// <param name="context">Instant and zone of the question.</param>
    public IReadOnlyList<Contradiction> Find(PatientRecord record, IReadOnlyList<QueryResult> results, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(context);
        if (results.Count == 0)
            return [];

        var touched = new ContradictionContext(record, results, context, engine, units);
        return [.. _checks.SelectMany(check => check.Find(touched)).DistinctBy(contradiction => contradiction.Text).Take(Most)];
    }
}
