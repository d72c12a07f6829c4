using System.Text;
using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Writes clinical notes, inline or as a Binary beside the DocumentReference.</summary>
internal sealed class Notes(ClinicalChart chart)
{
    public DocumentReference Write(string loinc, string display, DateTimeOffset when, string text, Encounter? encounter = null, bool asBinary = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var attachment = new Attachment { ContentType = "text/plain; charset=utf-8", Title = display };
        if (asBinary)
        {
            var binary = chart.Add(new Binary { ContentType = "text/plain; charset=utf-8", Data = bytes });
            attachment.Url = chart.To(binary).Reference;
        }
        else
        {
            attachment.Data = bytes;
        }

        var note = chart.Add(new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            DocStatus = CompositionStatus.Final,
            Type = Coded.Concept(Systems.Loinc, loinc, display),
            Category = [Coded.Concept("http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", "clinical-note", "Clinical Note")],
            Subject = chart.Subject,
            Date = when,
            Author = [chart.To(chart.Staff.Physician)],
            Content = [new() { Attachment = attachment }],
            Context = encounter is null ? null : new DocumentReference.ContextComponent { Encounter = [chart.To(encounter)] },
        });
        chart.Know(new Fact(FactKind.Note, display, ClinicalChart.Name(note)) { Name = display, When = when, WhenText = when.Text(), Text = text });
        return note;
    }

    public DocumentReference Progress(DateTimeOffset when, string text, Encounter? encounter = null) => Write("11506-3", "Progress note", when, text, encounter);

    public DocumentReference Discharge(DateTimeOffset when, string text, Encounter encounter) =>
        Write("18842-5", "Discharge summary", when, text, encounter, asBinary: true);
}
