using System.Text;
using System.Text.Json;

namespace MedGemma.Agents.Evaluation.Synthesis.Adversarial;

/// <summary>A chart that contradicts itself once in each way, and once seems to and does not.</summary>
internal static class ContradictionCases
{
    private const string Patient = "sec-contra";
    private const string Loinc = "http://loinc.org";

    /// <summary>The resources, one a line.</summary>
    public static string Lines() => string.Join('\n',
    [
        $$$"""{"resourceType":"Patient","id":"{{{Patient}}}","name":[{"family":"Pine","given":["Test"]}],"gender":"male","birthDate":"1950-01-01"}""",
        Result("contra-k-1", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", "4.0", "mmol/L", "2025-03-01T09:00:00Z"),
        Note("contra-n-1", "2025-03-01T15:00:00Z", "Labs today: potassium 5.9 mmol/L, repeat tomorrow."),
        Note("contra-n-2", "2025-03-01T16:00:00Z", "Labs today: potassium 4.0 mmol/L, sodium 139."),
        Result("contra-na-1", "2951-2", "Sodium [Moles/volume] in Serum or Plasma", "139", "mmol/L", "2025-03-01T09:00:00Z"),
        Result("contra-na-2", "2951-2", "Sodium [Moles/volume] in Serum or Plasma", "129", "mmol/L", "2025-03-01T09:00:00Z"),
        Result("contra-cr-1", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "1.1", "mg/dL", "2025-03-01T09:00:00Z"),
        Result("contra-cr-2", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "12", "mm[Hg]", "2025-02-01T09:00:00Z"),
        Order("contra-m-1", "warfarin sodium 5 MG Oral Tablet", "completed", "2024-01-05", "2024-06-01"),
        Note("contra-n-3", "2025-03-02T10:00:00Z", "Atrial fibrillation. He continues warfarin 5 mg daily."),
        Note("contra-n-4", "2025-03-03T10:00:00Z", "Warfarin was stopped last summer."),
        $$$"""{"resourceType":"AllergyIntolerance","id":"contra-a-1","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"code":{"text":"Penicillin"},"patient":{"reference":"Patient/{{{Patient}}}"},"recordedDate":"2020-01-05"}""",
        Order("contra-m-2", "amoxicillin 500 MG Oral Capsule", "active", "2026-01-10", "2026-01-31"),
        Note("contra-n-5", "2025-03-04T10:00:00Z", "Allergies: none. NKDA."),
        Condition("contra-c-1", "90560007", "Gout", "2020-01-05"),
        Note("contra-n-6", "2025-03-05T10:00:00Z", "Knee pain. He has no history of gout."),
        Condition("contra-c-2", "77386006", "Pregnancy", "2024-05-01"),
        Result("contra-hb-1", "718-7", "Hemoglobin [Mass/volume] in Blood", "13.1", "g/dL", "1949-03-01T09:00:00Z"),
    ]) + "\n";

    private static string Result(string id, string code, string display, string value, string unit, string time) =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"{{{Loinc}}}","code":"{{{code}}}","display":"{{{display}}}"}]},"subject":{"reference":"Patient/{{{Patient}}}"},"effectiveDateTime":"{{{time}}}","valueQuantity":{"value":{{{value}}},"unit":"{{{unit}}}","system":"http://unitsofmeasure.org","code":"{{{unit}}}"}}""";

    private static string Note(string id, string time, string text) =>
        $$$"""{"resourceType":"DocumentReference","id":"{{{id}}}","status":"current","type":{"text":"Progress note"},"subject":{"reference":"Patient/{{{Patient}}}"},"date":"{{{time}}}","content":[{"attachment":{"contentType":"text/plain","data":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}}"}}]}""";

    private static string Order(string id, string drug, string status, string from, string until) =>
        $$$"""{"resourceType":"MedicationRequest","id":"{{{id}}}","status":"{{{status}}}","intent":"order","medicationCodeableConcept":{"text":{{{JsonSerializer.Serialize(drug)}}}},"subject":{"reference":"Patient/{{{Patient}}}"},"authoredOn":"{{{from}}}","dispenseRequest":{"validityPeriod":{"start":"{{{from}}}","end":"{{{until}}}"} } }""";

    private static string Condition(string id, string code, string display, string onset) =>
        $$$"""{"resourceType":"Condition","id":"{{{id}}}","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"{{{code}}}","display":"{{{display}}}"}]},"subject":{"reference":"Patient/{{{Patient}}}"},"onsetDateTime":"{{{onset}}}"}""";
}
