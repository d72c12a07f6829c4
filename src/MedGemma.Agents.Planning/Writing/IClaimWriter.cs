using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>Puts a query result into sentences. Safe for concurrent use.</summary>
public interface IClaimWriter
{
    /// <summary>Writes the claims for one result; their verdict is the verifier's to give.</summary>
    /// <param name="result">The result, found or searched and empty.</param>
    /// <param name="queryIndex">Its index in the answer.</param>
    /// <param name="context">Instant and zone of the question.</param>
    IReadOnlyList<Claim> Write(QueryResult result, int queryIndex, QueryContext context);
}
