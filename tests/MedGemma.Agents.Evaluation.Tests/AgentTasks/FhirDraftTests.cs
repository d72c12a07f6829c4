using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;

namespace MedGemma.Agents.Evaluation.Tests.AgentTasks;

public sealed class FhirDraftTests
{
    private static readonly JsonSerializerOptions s_fhir = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    private static readonly DraftOrder s_drug = new(
        new OrderContent.Medication(new OrderCode("http://www.nlm.nih.gov/research/umls/rxnorm", "617310", "atorvastatin"), 20, "mg"), "LDL 140 mg/dL is above 100 mg/dL", ["Observation/1"]);

    private static readonly DraftOrder s_test = new(new OrderContent.Service(new OrderCode("http://loinc.org", "4548-4", "HbA1c")), "None is recorded.", []);

    [Fact]
    public void A_draft_is_a_proposal_with_its_evidence_and_its_condition()
    {
        var request = Assert.IsType<MedicationRequest>(FhirDraft.Write(s_drug, "p", DateTimeOffset.UnixEpoch));

        Assert.Equal((MedicationRequest.MedicationrequestStatus.Draft, MedicationRequest.MedicationRequestIntent.Proposal), (request.Status, request.Intent));
        Assert.Equal("LDL 140 mg/dL is above 100 mg/dL", request.ReasonCode[0].Text);
        Assert.Equal(["Observation/1"], request.SupportingInformation.Select(reference => reference.Reference));
    }

    [Fact]
    public void A_draft_is_read_as_it_was_written()
    {
        foreach (var draft in new[] { s_drug, s_test })
        {
            var read = Assert.IsType<DraftReading.Draft>(FhirDraft.Read(Json(draft), "p")).Order;
            Assert.Equal((draft.Content, draft.Condition), (read.Content, read.Condition));
            Assert.Equal(draft.Evidence, read.Evidence);
        }
    }

    [Theory]
    [InlineData("\"draft\"", "\"active\"", "status draft")]
    [InlineData("\"proposal\"", "\"order\"", "intent proposal")]
    [InlineData("Patient/p", "Patient/q", "not for this patient")]
    [InlineData("Observation/1", "the chart", "no Type/id reference")]
    [InlineData("\"value\":20,", "", "exactly one dose")]
    [InlineData("\"MedicationRequest\"", "\"CarePlan\"", "no valid FHIR")]
    [InlineData("\"text\":\"LDL 140 mg/dL is above 100 mg/dL\"", "\"text\":\" \"", "")]
    public void What_is_no_draft_for_this_patient_is_refused(string part, string other, string reason)
    {
        var text = Json(s_drug).GetRawText();
        Assert.Contains(part, text, StringComparison.Ordinal);
        using var changed = JsonDocument.Parse(text.Replace(part, other, StringComparison.Ordinal));

        var refused = Assert.IsType<DraftReading.Refused>(FhirDraft.Read(changed.RootElement, "p"));

        Assert.Contains(reason, refused.Problem, StringComparison.Ordinal);
    }

    private static JsonElement Json(DraftOrder draft) => JsonSerializer.SerializeToElement(FhirDraft.Write(draft, "p", DateTimeOffset.UnixEpoch), s_fhir);
}
