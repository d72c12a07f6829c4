using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using MedGemma.Agents.Planning.Writing;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>What is said to an extracting model and how its reply is read: the passages as JSON data behind the instructions, and nothing else of the turn.</summary>
internal static class NoteExtractionMessages
{
    private const int LongestTopic = 200;

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

    /// <summary>The messages of the one request.</summary>
    public static IReadOnlyList<ChatMessage> Write(string instructions, string topic, IReadOnlyList<NoteChunk> passages)
    {
        var data = new Request(
            DisplayText.Bound(topic, LongestTopic),
            [.. passages.Select((passage, index) => new Passage(index + 1, passage.Note.Time, NameOf(passage.Section), DisplayText.Neutralize(passage.Text)))]);
        return [new ChatMessage(ChatRole.System, instructions), new ChatMessage(ChatRole.User, JsonSerializer.Serialize(data, s_json))];
    }

    /// <summary>Reads a reply strictly.</summary>
    public static NoteExtraction Read(string reply)
    {
        try
        {
            return JsonSerializer.Deserialize<Reply>(reply, s_json) is { } read
                ? new NoteExtraction.Extracted(read.Findings)
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
