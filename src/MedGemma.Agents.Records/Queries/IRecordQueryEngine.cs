using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries;

/// <summary>Runs record queries in memory. Safe for concurrent use.</summary>
public interface IRecordQueryEngine
{
    /// <summary>Runs one query against one patient's record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="query">The query.</param>
    /// <param name="context">Instant and zone of the question.</param>
    /// <returns>Values with their proof, or why there are none; never throws for what a query's author got wrong.</returns>
    QueryResult Run(PatientRecord record, RecordQuery query, QueryContext context);
}
