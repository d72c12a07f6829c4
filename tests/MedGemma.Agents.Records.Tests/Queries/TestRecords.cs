using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>Small records written by hand: JSON with single quotes, the subject put in where it is missing.</summary>
internal static class TestRecords
{
    public const string Patient = "{'resourceType':'Patient','id':'p','birthDate':'1950-06-15','gender':'female','name':[{'family':'Roe','given':['Ann','May']}]}";

    private static readonly string[] WithoutSubject = ["Medication", "Location", "Practitioner", "Organization", "Binary"];

    public static readonly DateTimeOffset ReadAt = new(2024, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public static PatientRecord Complete(params string[] resources) => Build(allComplete: true, resources);

    public static PatientRecord Incomplete(params string[] resources) => Build(allComplete: false, resources);

    public static string Quantity(
        string id, string time, decimal value, string unit = "%", string loinc = "4548-4", string name = "Hemoglobin A1c", string more = "", string category = "laboratory")
    {
        var written = value.ToString(CultureInfo.InvariantCulture);
        return $"{{'resourceType':'Observation','id':'{id}','status':'final','category':[{{'coding':[{{'code':'{category}','system':'http://terminology.hl7.org/CodeSystem/observation-category'}}]}}],"
            + $"'code':{{'coding':[{{'system':'http://loinc.org','code':'{loinc}','display':'{name}'}}]}},'effectiveDateTime':'{time}',"
            + $"'valueQuantity':{{'value':{written},'unit':'{unit}','system':'http://unitsofmeasure.org','code':'{unit}'}}{more}}}";
    }

    public static string Stay(string id, string start, string? end, string more = "") =>
        $"{{'resourceType':'Encounter','id':'{id}','status':'{(end is null ? "in-progress" : "finished")}','class':{{'code':'IMP','system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','display':'inpatient'}},"
        + $"'period':{{'start':'{start}'{(end is null ? "" : $",'end':'{end}'")}}}{more}}}";

    public static string Order(string id, string time, string drug, string more = "") =>
        $"{{'resourceType':'MedicationRequest','id':'{id}','status':'completed','intent':'order','authoredOn':'{time}','medicationCodeableConcept':{{'coding':[{{'system':'urn:d','code':'{drug}','display':'{drug}'}}]}}{more}}}";

    public static string Procedure(string id, string time, string name, string status = "completed") =>
        $"{{'resourceType':'Procedure','id':'{id}','status':'{status}','code':{{'coding':[{{'system':'urn:p','code':'{name}','display':'{name}'}}]}},'performedDateTime':'{time}'}}";

    private static PatientRecord Build(bool allComplete, string[] resources)
    {
        var all = resources.Select(Parse).ToList();
        if (all.TrueForAll(resource => resource.Key.Type != "Patient"))
            all.Insert(0, Parse(Patient));

        var types = all.GroupBy(resource => resource.Key.Type)
            .ToDictionary(group => group.Key, group => new TypeReceipt(group.Key, group.Count(), null, 1, allComplete, null));
        var supporting = all.FindAll(resource => WithoutSubject.Contains(resource.Key.Type));
        var raw = new RawRecord(
            new ResourceKey("Patient", "p"), all.Except(supporting).ToList(), supporting, new Receipt("test", ReadAt, types, allComplete));
        return new RecordBuilder(TimeZoneInfo.Utc).Build(raw);
    }

    private static RawResource Parse(string text)
    {
        var node = JsonNode.Parse(text.Replace('\'', '"'))!.AsObject();
        var type = (string)node["resourceType"]!;
        var subject = type is "AllergyIntolerance" or "Immunization" or "FamilyMemberHistory" or "Device" ? "patient" : "subject";
        if (type != "Patient" && !WithoutSubject.Contains(type) && !node.ContainsKey(subject))
            node[subject] = new JsonObject { ["reference"] = "Patient/p" };

        var key = new ResourceKey(type, (string)node["id"]!);
        return new RawResource(key, "1", Encoding.UTF8.GetBytes(node.ToJsonString()), null, null);
    }
}
