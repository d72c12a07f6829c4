using System.Text;
using System.Text.Json;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Loop;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Notes.Extraction;
using MedGemma.Agents.Planning.Notes.Retrieval;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Loop;
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

    public static PatientRecord Of(params string[] notes) => HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        .. notes.Select((text, index) => Note($"note-{index + 1}", $"2025-06-{index + 1:D2}T10:00:00Z", text)),
    ]);

    public static string Note(string id, string date, string text, string title = "Progress note") =>
        $$"""{"resourceType":"DocumentReference","id":"{{id}}","status":"current","type":{"text":{{JsonSerializer.Serialize(title)}}},{{HandWrittenRecord.Subject}},"date":"{{date}}","content":[{"attachment":{"contentType":"text/plain","data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}"} }]}""";

    public static INoteReader Reader(IChatClient model)
    {
        var agent = ModelTurn.Agents[AgentNames.NoteExtractor];
        var caller = new AgentCaller(agent, new AgentModel(agent.Model, model, new PlainDialect()), new AgentBudget(agent.Budgets, TimeProvider.System), "test", new TurnWork(), TimeProvider.System);
        var readers = new NoteReaders(
            new RecordQueryEngine(new ConceptResolver(ConceptVocabulary.BuiltIn), new UnitConverter()), new Bm25NoteRetriever(ConceptVocabulary.BuiltIn), new NoteExtractorOptions());
        return readers.With(new AgentNoteExtractor(agent, caller));
    }

    public static Task<NoteReading> ReadAsync(IChatClient model, PatientRecord record, string topic, QueryWindow? window = null, params NoteSection[] sections) =>
        Reader(model).ReadAsync(record, new NoteRequest(topic, window, sections), Now, TestContext.Current.CancellationToken);
}
