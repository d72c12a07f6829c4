using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using MedGemma.Agents.Planning.Writing;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>
/// Extracts with a chat model: one request without tools and without the conversation, the passages as JSON data behind the instructions, the reply under
/// the schema of the agent <c>note-extractor</c>. Safe for concurrent use when the client is.
/// </summary>
/// <param name="client">The model.</param>
/// <param name="instructions">The agent's prompt.</param>
/// <param name="schema">The agent's output schema.</param>
/// <param name="options">Limits.</param>
public sealed class ChatNoteExtractor(IChatClient client, string instructions, JsonElement schema, NoteExtractorOptions options) : INoteExtractor
{
    // Letters stay readable; brackets of tags are escaped once more, although DisplayText left none.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <inheritdoc/>
    public async Task<NoteExtraction> ExtractAsync(string topic, IReadOnlyList<NoteChunk> passages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passages);
        if (passages.Count == 0)
            return new NoteExtraction.Extracted([]);

        var data = new Request(
            DisplayText.Bound(topic, 200),
            [.. passages.Select((passage, index) => new Passage(index + 1, passage.Note.Time, NameOf(passage.Section), DisplayText.Neutralize(passage.Text)))]);
        ChatMessage[] messages = [new(ChatRole.System, instructions), new(ChatRole.User, JsonSerializer.Serialize(data, s_json))];
        var chat = new ChatOptions
        {
            MaxOutputTokens = options.MostOutputTokens,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "note_findings"),
            Temperature = 0,
            ToolMode = ChatToolMode.None,
        };

        ChatResponse response;
        try
        {
            response = await client.GetResponseAsync(messages, chat, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever a client throws, its message may quote the note: only that it failed leaves this step.
            return new NoteExtraction.Failed(NoteExtractionProblem.ModelFailed);
        }

        return Read(response);
    }

    private static NoteExtraction Read(ChatResponse response)
    {
        if (response.Messages.SelectMany(message => message.Contents).Any(content => content is FunctionCallContent or FunctionResultContent))
            return new NoteExtraction.Failed(NoteExtractionProblem.ToolCalled);
        if (response.FinishReason == ChatFinishReason.Length)
            return new NoteExtraction.Failed(NoteExtractionProblem.CutOff);

        try
        {
            return JsonSerializer.Deserialize<Reply>(response.Text, s_json) is { } reply
                ? new NoteExtraction.Extracted(reply.Findings)
                : new NoteExtraction.Failed(NoteExtractionProblem.MalformedReply);
        }
        catch (JsonException)
        {
            return new NoteExtraction.Failed(NoteExtractionProblem.MalformedReply);
        }
    }

    private static string NameOf(NoteSection section) => JsonSerializer.SerializeToElement(section, s_json).GetString()!;

    private sealed record Request(string Topic, IReadOnlyList<Passage> Passages);

    private sealed record Passage(int Number, string? Time, string Section, string Text);

    private sealed record Reply(IReadOnlyList<ExtractedFinding> Findings);
}
