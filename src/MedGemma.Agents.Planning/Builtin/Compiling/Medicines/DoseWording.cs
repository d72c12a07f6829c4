using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>
/// Gives the instruction where the dose is not recorded as a number in the unit that is asked for, or where no instruction says the time of the day: "how much in the morning" of a drug that is
/// taken twice daily is told by how it is taken.
/// </summary>
internal sealed class DoseWording(IRecordQueryEngine engine)
{
    /// <summary>The query that answers, or the one given.</summary>
    public RecordQuery Read(PatientRecord record, RecordQuery query, QueryContext context)
    {
        if (query is not { Element: ResultElement.Dose, Aggregate: LatestAggregate or ListAggregate, Selection.Concepts.Count: > 0 } || !KindFamilies.AreMedications(query.Selection.Kinds) || HasValues(record, query, context))
            return query;

        var written = query with { Element = ResultElement.DosageInstruction, Unit = null };
        if (HasValues(record, written, context))
            return written;

        var whenever = written with { Selection = written.Selection with { Where = null } };
        return query.Selection.Where is { Element: ResultElement.DosageInstruction } && HasValues(record, whenever, context) ? whenever : query;
    }

    private bool HasValues(PatientRecord record, RecordQuery query, QueryContext context) => engine.Run(record, query, context) is { Outcome: QueryOutcome.Found, Values.Count: > 0 };
}
