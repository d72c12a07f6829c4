using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>Reads the notes of one record: finds passages without a model, has findings extracted from them, and checks every quote. Safe for concurrent use.</summary>
public interface INoteReader
{
    /// <summary>Reads what the notes say about a topic.</summary>
    /// <param name="record">The record.</param>
    /// <param name="request">What is looked for.</param>
    /// <param name="context">Instant and zone of the question.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task<NoteReading> ReadAsync(PatientRecord record, NoteRequest request, QueryContext context, CancellationToken cancellationToken);
}
