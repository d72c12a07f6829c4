using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Notes.Extraction;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>
/// Extracts with the agent <c>note-extractor</c>: one request without tools and without the conversation, under its schema and budgets. One turn; not thread-safe.
/// </summary>
/// <param name="agent">The agent.</param>
/// <param name="caller">Calls its model.</param>
internal sealed class AgentNoteExtractor(AgentDefinition agent, AgentCaller caller) : INoteExtractor
{
    /// <inheritdoc/>
    public async Task<NoteExtraction> ExtractAsync(string topic, IReadOnlyList<NoteChunk> passages, CancellationToken cancellationToken)
    {
        if (passages.Count == 0)
            return new NoteExtraction.Extracted([]);

        var reply = await caller.CallAsync(NoteExtractionMessages.Write(agent.Prompt, topic, passages), cancellationToken).ConfigureAwait(false);
        return reply.Failure switch
        {
            null => NoteExtractionMessages.Read(reply.Text),
            UnsureReason.OutputCut or UnsureReason.ThinkingCut => new NoteExtraction.Failed(NoteExtractionProblem.CutOff),
            UnsureReason.EmptyOutput => new NoteExtraction.Failed(NoteExtractionProblem.MalformedReply),
            _ => new NoteExtraction.Failed(NoteExtractionProblem.ModelFailed),
        };
    }
}
