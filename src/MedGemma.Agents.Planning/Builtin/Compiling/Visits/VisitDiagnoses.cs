using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>Why a patient came, where the visit itself does not say it: by the diagnoses that were recorded at it.</summary>
internal sealed class VisitDiagnoses(IRecordQueryEngine engine)
{
    private const int Most = 2;

    /// <summary>What is said with diagnoses that stand for a reason.</summary>
    public const string Reading = "No reason is recorded for the visit; the diagnoses that were recorded at it are given.";

    /// <summary>The query of the diagnoses of the one visit that a reason is asked of and that records none; null otherwise.</summary>
    public RecordQuery? InsteadOf(PatientRecord record, RecordQuery query, QueryContext context)
    {
        if (query.Element != ResultElement.Reason || !KindFamilies.AreStays(query.Selection.Kinds) || engine.Run(record, query, context).Outcome != QueryOutcome.SearchedAndEmpty)
            return null;

        var visits = engine.Run(record, query with { Element = ResultElement.Start }, context).Values
            .SelectMany(value => value.Evidence).Select(evidence => evidence.Resource).Where(key => key.Type == "Encounter").Distinct().ToArray();
        if (visits is not [var visit])
            return null;

        var diagnoses = new RecordQuery(
            new RecordSelection { Kinds = [RecordKind.Condition], Encounter = visit.ToString(), RestsOn = query.Selection.Kinds }, new ListAggregate(Distinct: true), ResultElement.Name);
        var found = engine.Run(record, diagnoses, context);

        // What a hospital codes of a whole stay is no reason for it.
        return found.Outcome == QueryOutcome.Found && found.Values.Count <= Most ? diagnoses : null;
    }
}
