using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Notes.Extraction;
using MedGemma.Agents.Planning.Notes.Retrieval;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>Makes a reader of notes for a turn around the turn's extractor. Safe for concurrent use.</summary>
/// <param name="engine">Lists the notes.</param>
/// <param name="retriever">Finds the passages.</param>
/// <param name="options">Limits.</param>
public sealed class NoteReaders(IRecordQueryEngine engine, INoteRetriever retriever, NoteExtractorOptions options)
{
    /// <summary>A reader.</summary>
    /// <param name="extractor">Extracts, without tools.</param>
    /// <param name="observer">Told of the query that lists the notes, or null.</param>
    public INoteReader With(INoteExtractor extractor, IAnswerObserver? observer = null) => new NoteReader(engine, retriever, extractor, options, observer);
}
