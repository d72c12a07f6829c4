using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Courses;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Traps;

/// <summary>Whose data it is and who may see it: restricted notes, links to people, brand names, urn references.</summary>
internal sealed class IdentityTraps(bool related) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var secret = chart.Notes.Progress(chart.Life.Before(150, 10), "Confidential counselling visit.");
        secret.Meta = new Meta { Security = [new Coding(Systems.Confidentiality, "R", "restricted")] };
        chart.Plant("restricted", secret, "Restricted: a banner is due.");
        var patient = (Patient)chart.Resources[0];
        if (chart.Urns)
            chart.Plant("urn-uuid-reference", patient, "Everything refers to the patient by urn:uuid.");

        if (related)
        {
            patient.Link.Add(new() { Type = Patient.LinkType.Seealso, Other = new ResourceReference { Type = "RelatedPerson", Display = "The same person as a sister's guardian", Identifier = new Identifier("urn:oid:2.999.2", "G-77") } });
            chart.Plant("link-to-related-person", patient, "The person is a RelatedPerson elsewhere: no second chart, and no merge.");
        }

        var start = chart.Life.Before(30, 10);
        var brand = chart.Orders.Order(
            Drugs.Acetaminophen, start, start.AddDays(20), MedicationRequest.MedicationrequestStatus.Completed, "650 mg by mouth every six hours as needed", trap: "brand-name");
        brand.Medication = new CodeableConcept { Coding = [new Coding(Systems.RxNorm, "161", "acetaminophen")], Text = "Tylenol" };
        chart.Revise(fact => fact with { Name = "Tylenol", Asked = ["Tylenol", "acetaminophen", "paracetamol"] });
        chart.Plant("brand-name", brand, "The brand name of acetaminophen.");
    }
}
