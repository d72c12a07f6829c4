using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>A small chart that has one of most things that questions are asked about. Nobody real.</summary>
internal static class HandWrittenRecord
{
    public const string Id = "hand-1";

    public const string Number = "MRN445566";

    public static DateTimeOffset AsOf { get; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private static string[] Resources { get; } =
    [
        $$"""{"resourceType":"Patient","id":"{{Id}}","identifier":[{"value":"{{Number}}"}],"name":[{"family":"Quillon","given":["Astrid"]}],"gender":"female","birthDate":"1950-05-06"}""",
        Stay("stay-1", "IMP", "2024-03-01T08:00:00Z", "2024-03-09T10:00:00Z"),
        Stay("stay-2", "IMP", "2025-06-02T08:00:00Z", "2025-06-05T10:00:00Z"),
        Stay("er-1", "EMER", "2025-06-01T20:00:00Z", "2025-06-02T07:00:00Z"),
        Stay("clinic-1", "AMB", "2025-11-03T09:00:00Z", "2025-11-03T09:30:00Z"),
        Laboratory("a1c-1", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", 8.1, "%", "2024-03-02T06:00:00Z"),
        Laboratory("a1c-2", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", 7.2, "%", "2025-11-03T09:10:00Z"),
        Laboratory("k-1", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", 4.4, "mmol/L", "2025-06-03T06:00:00Z"),
        Laboratory("cr-1", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", 1.1, "mg/dL", "2025-06-03T06:00:00Z"),
        Laboratory("na-1", "2951-2", "Sodium [Moles/volume] in Serum or Plasma", 139, "mmol/L", "2025-06-03T06:00:00Z"),
        Vital("wt-1", "29463-7", "Body weight", 71.5, "kg", "2025-11-03T09:05:00Z"),
        Vital("hr-1", "8867-4", "Heart rate", 72, "/min", "2025-11-03T09:05:00Z"),
        Vital("t-1", "8310-5", "Body temperature", 37.1, "Cel", "2025-06-03T06:00:00Z"),
        $$"""{"resourceType":"Observation","id":"bp-1","status":"final","category":[{"coding":[{"code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"85354-9","display":"Blood pressure panel"}],"text":"Blood pressure"},{{Subject}},"effectiveDateTime":"2025-11-03T09:05:00Z","component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6","display":"Systolic blood pressure"}]},"valueQuantity":{"value":132,"unit":"mm[Hg]","system":"http://unitsofmeasure.org","code":"mm[Hg]"} }]}""",
        Condition("dm", "44054006", "Type 2 diabetes mellitus", "2015-04-01"),
        Condition("htn", "38341003", "Hypertension", "2012-02-03"),
        $$"""{"resourceType":"AllergyIntolerance","id":"al-1","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Penicillin"},"patient":{"reference":"Patient/{{Id}}"},"recordedDate":"2010-01-01"}""",
        Order("metformin", "Metformin 500 MG Oral Tablet", "2025-11-03"),
        Order("lisinopril", "Lisinopril 10 MG Oral Tablet", "2025-06-05"),
        $$"""{"resourceType":"MedicationAdministration","id":"hep-1","status":"completed","medicationCodeableConcept":{"text":"Heparin"},{{Subject}},"effectiveDateTime":"2025-06-03T07:00:00Z","dosage":{"dose":{"value":5000,"unit":"UNT"} } }""",
        $$"""{"resourceType":"Procedure","id":"app-1","status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"80146002","display":"Appendectomy"}]},{{Subject}},"performedDateTime":"2024-03-02T11:00:00Z"}""",
        $$"""{"resourceType":"Procedure","id":"col-1","status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"73761001","display":"Colonoscopy"}]},{{Subject}},"performedDateTime":"2022-08-10T11:00:00Z"}""",
        $$"""{"resourceType":"Immunization","id":"flu-1","status":"completed","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140","display":"Influenza, seasonal, injectable, preservative free"}]},"patient":{"reference":"Patient/{{Id}}"},"occurrenceDateTime":"2025-10-10"}""",
        $$"""{"resourceType":"DocumentReference","id":"note-1","status":"current","type":{"text":"Progress note"},{{Subject}},"date":"2025-06-03T10:00:00Z","content":[{"attachment":{"contentType":"text/plain","data":"U21va2luZyBjZXNzYXRpb24gd2FzIGRpc2N1c3NlZC4="} }]}""",
        $$"""{"resourceType":"Flag","id":"iso-1","status":"active","code":{"text":"Contact isolation"},{{Subject}},"period":{"start":"2025-06-02"} }""",
        $$"""{"resourceType":"Appointment","id":"appt-1","status":"booked","description":"Endocrinology follow-up","start":"2026-02-01T09:00:00Z","end":"2026-02-01T09:30:00Z","participant":[{"actor":{"reference":"Patient/{{Id}}"},"status":"accepted"}]}""",
        $$"""{"resourceType":"FamilyMemberHistory","id":"fam-1","status":"completed","patient":{"reference":"Patient/{{Id}}"},"relationship":{"text":"Father"},"condition":[{"code":{"text":"Stroke"} }]}""",
    ];

    /// <summary>The chart; complete in every type.</summary>
    public static PatientRecord Record { get; } = Build(Resources);

    /// <summary>The subject of a resource of this patient, as a JSON member.</summary>
    public static string Subject => $$""" "subject":{"reference":"Patient/{{Id}}"} """;

    /// <summary>A chart of this patient with these resources, complete in every type.</summary>
    public static PatientRecord Build(IEnumerable<string> resources) =>
        Build(resources, new Receipt("files", DateTimeOffset.UnixEpoch, new Dictionary<string, TypeReceipt>(), true));

    /// <summary>A chart of this patient with these resources, complete in these types and in no other.</summary>
    public static PatientRecord BuildPart(IEnumerable<string> resources, params string[] complete) => Build(
        resources, new Receipt("files", DateTimeOffset.UnixEpoch, complete.ToDictionary(type => type, type => new TypeReceipt(type, 0, null, 1, true, null)), false));

    private static PatientRecord Build(IEnumerable<string> resources, Receipt receipt) =>
        Answering.Builder.Build(new RawRecord(new ResourceKey("Patient", Id), [.. resources.Select(ToRaw)], [], receipt));

    private static RawResource ToRaw(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        using var document = JsonDocument.Parse(bytes);
        var key = new ResourceKey(document.RootElement.GetProperty("resourceType").GetString()!, document.RootElement.GetProperty("id").GetString()!);
        return new RawResource(key, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes, null, null);
    }

    private static string Stay(string id, string code, string start, string end) =>
        $$"""{"resourceType":"Encounter","id":"{{id}}","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"{{code}}"},{{Subject}},"period":{"start":"{{start}}","end":"{{end}}"} }""";

    private static string Laboratory(string id, string code, string display, double value, string unit, string time) => Observation("laboratory", id, code, display, value, unit, time);

    private static string Vital(string id, string code, string display, double value, string unit, string time) => Observation("vital-signs", id, code, display, value, unit, time);

    private static string Observation(string category, string id, string code, string display, double value, string unit, string time) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"{{category}}"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{display}}"}]},{{Subject}},"effectiveDateTime":"{{time}}","valueQuantity":{"value":{{value.ToString(System.Globalization.CultureInfo.InvariantCulture)}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"} }""";

    private static string Condition(string id, string code, string display, string onset) =>
        $$"""{"resourceType":"Condition","id":"{{id}}","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"confirmed"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"{{code}}","display":"{{display}}"}]},{{Subject}},"onsetDateTime":"{{onset}}","recordedDate":"{{onset}}"}""";

    private static string Order(string id, string text, string authored) =>
        $$"""{"resourceType":"MedicationRequest","id":"{{id}}","status":"active","intent":"order","medicationCodeableConcept":{"text":"{{text}}"},{{Subject}},"authoredOn":"{{authored}}"}""";
}
