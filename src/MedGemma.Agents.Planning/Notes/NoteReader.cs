using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Notes.Extraction;
using MedGemma.Agents.Planning.Notes.Retrieval;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>Reads notes through a retriever and an extractor. Safe for concurrent use when they are.</summary>
/// <param name="engine">Lists the notes.</param>
/// <param name="retriever">Finds the passages.</param>
/// <param name="extractor">Extracts, without tools.</param>
/// <param name="options">Limits.</param>
/// <param name="observer">Told of the query that lists the notes, and of its result before any is read; or null.</param>
public sealed class NoteReader(IRecordQueryEngine engine, INoteRetriever retriever, INoteExtractor extractor, NoteExtractorOptions options, IAnswerObserver? observer = null)
    : INoteReader
{
    private const int MostPassages = 32;

    /// <inheritdoc/>
    public async Task<NoteReading> ReadAsync(PatientRecord record, NoteRequest request, QueryContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);

        // Notes stand anywhere: in documents and reports, as annotations of an order or an allergy, as narratives.
        var query = new RecordQuery(new RecordSelection { Kinds = [RecordKind.Any], Window = request.Window }, new ListAggregate(), ResultElement.Text);
        if (observer is not null)
            await observer.PlannedAsync([query], cancellationToken).ConfigureAwait(false);
        var result = engine.Run(record, query, context);
        if (observer is not null)
            await observer.QueriedAsync(result, cancellationToken).ConfigureAwait(false);

        var passages = NoteTexts.Of(result).SelectMany(NoteChunker.Split)
            .Where(passage => request.Sections.Count == 0 || request.Sections.Contains(passage.Section))
            .ToList();
        var (read, isSearchWhole) = await retriever.RankAsync(passages, request.Topic, Math.Clamp(request.MostPassages, 1, MostPassages), cancellationToken).ConfigureAwait(false);
        var extraction = await extractor.ExtractAsync(request.Topic, read, cancellationToken).ConfigureAwait(false);
        switch (extraction)
        {
            case NoteExtraction.Extracted extracted:
                var (findings, refused) = QuoteCheck.Check(extracted.Findings, read, options.MostFindings);
                return new NoteReading(result, passages.Count, read, findings, refused, null) { IsSearchWhole = isSearchWhole };
            case NoteExtraction.Failed failed:
                return new NoteReading(result, passages.Count, read, [], new Dictionary<FindingRefusal, int>(), failed.Problem) { IsSearchWhole = isSearchWhole };
            default:
                throw new InvalidOperationException($"An extractor returned an extraction of the unknown kind {extraction.GetType().Name}");
        }
    }
}
