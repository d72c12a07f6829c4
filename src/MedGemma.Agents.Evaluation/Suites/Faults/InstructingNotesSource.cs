using System.Text;
using System.Text.Json;
using MedGemma.Agents.Evaluation.Synthesis.Adversarial;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Suites.Faults;

/// <summary>Puts notes with instructions into every chart; they are of a type of their own, so that counting notes of other types stays as it is.</summary>
internal sealed class InstructingNotesSource(IRecordSource inner) : FaultySource(inner)
{
    /// <inheritdoc/>
    protected override RawRecord Break(RawRecord record) => record with
    {
        Resources = [.. record.Resources, .. InjectedTexts.Notes.Select((text, number) => Note(record.Patient, text, number))],
    };

    private static RawResource Note(ResourceKey patient, string text, int number)
    {
        var key = new ResourceKey("DocumentReference", $"instructing-note-{number + 1}");
        var json = JsonSerializer.SerializeToUtf8Bytes(new
        {
            resourceType = key.Type,
            id = key.Id,
            status = "current",
            type = new { text = "Uploaded document" },
            subject = new { reference = patient.ToString() },
            date = "2000-01-01T00:00:00Z",
            content = new[] { new { attachment = new { contentType = "text/plain; charset=utf-8", data = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) } } },
        });
        return new RawResource(key, "1", json, null, null);
    }
}
