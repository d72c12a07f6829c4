using System.Text;
using System.Text.Json;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Notes.Extraction;
using MedGemma.Agents.Planning.Notes.Retrieval;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tests.Notes;

/// <summary>Records of notes, and what reads them.</summary>
internal static class NoteRecords
{
    public static QueryContext Now { get; } = new(HandWrittenRecord.AsOf, TimeZoneInfo.Utc);

    public static JsonElement Schema { get; } = JsonSerializer.SerializeToElement(new { type = "object" });

    public static PatientRecord Of(params string[] notes) => HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        .. notes.Select((text, index) => Note($"note-{index + 1}", $"2025-06-{index + 1:D2}T10:00:00Z", text)),
    ]);

    public static string Note(string id, string date, string text, string title = "Progress note") =>
        $$"""{"resourceType":"DocumentReference","id":"{{id}}","status":"current","type":{"text":{{JsonSerializer.Serialize(title)}}},{{HandWrittenRecord.Subject}},"date":"{{date}}","content":[{"attachment":{"contentType":"text/plain","data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}"} }]}""";

    public static NoteReader Reader(IChatClient model) => new(
        new RecordQueryEngine(new ConceptResolver(ConceptVocabulary.BuiltIn), new UnitConverter()),
        new Bm25NoteRetriever(ConceptVocabulary.BuiltIn),
        new ChatNoteExtractor(model, "Extract.", Schema, new NoteExtractorOptions()),
        new NoteExtractorOptions());

    public static Task<NoteReading> ReadAsync(IChatClient model, PatientRecord record, string topic, QueryWindow? window = null, params NoteSection[] sections) =>
        Reader(model).ReadAsync(record, new NoteRequest(topic, window, sections), Now, TestContext.Current.CancellationToken);
}
