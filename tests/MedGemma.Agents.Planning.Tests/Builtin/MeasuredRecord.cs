using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>A small chart of series of measurements with their ranges, flags and statuses. Nobody real.</summary>
internal static class MeasuredRecord
{
    /// <summary>The chart; complete in every type.</summary>
    public static PatientRecord Record { get; } = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Result("cr1", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "2023-01-10T08:00:00Z", 1.0m, "mg/dL", range: (0.6m, 1.2m), flag: "N"),
        Result("cr2", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "2024-03-10T08:00:00Z", 1.6m, "mg/dL", range: (0.6m, 1.2m), flag: "H"),
        Result("cr3", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "2025-05-10T08:00:00Z", 1.4m, "mg/dL", range: (0.6m, 1.2m), flag: "H"),
        Result("k1", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", "2025-05-10T08:00:00Z", 4.4m, "mmol/L", range: (3.5m, 5.1m), flag: "N"),
        Result("k2", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", "2025-06-01T08:00:00Z", 8.9m, "mmol/L", status: "entered-in-error"),
        Result("k3", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", "2025-06-02T08:00:00Z", 4.1m, "mmol/L", status: "preliminary"),
        Result("hb1", "718-7", "Hemoglobin [Mass/volume] in Blood", "2025-05-10T08:00:00Z", 10.2m, "g/dL", status: "corrected", range: (12m, 16m), flag: "L"),
        Result("gfr1", "33914-3", "Glomerular filtration rate/1.73 sq M.predicted", "2023-01-10T08:00:00Z", 70, "mL/min"),
        Result("gfr2", "33914-3", "Glomerular filtration rate/1.73 sq M.predicted", "2025-05-10T08:00:00Z", 55, "mL/min"),
        Result("w1", "29463-7", "Body weight", "2023-01-10T09:00:00Z", 80, "kg", category: "vital-signs"),
        Result("w2", "29463-7", "Body weight", "2024-03-10T09:00:00Z", 84, "kg", category: "vital-signs"),
        Result("w3", "29463-7", "Body weight", "2025-05-10T09:00:00Z", 81.5m, "kg", category: "vital-signs"),
        Result("h1", "8302-2", "Body height", "2023-01-10T09:00:00Z", 171, "cm", category: "vital-signs"),
        $$"""{"resourceType":"Condition","id":"fall","clinicalStatus":{"coding":[{"code":"resolved"}]},"code":{"text":"Fall"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2024-04-01"}""",
    ]);

    private static string Result(
        string id, string code, string name, string time, decimal value, string unit, string status = "final", (decimal Low, decimal High)? range = null, string? flag = null, string category = "laboratory") =>
        FormattableString.Invariant($$"""{"resourceType":"Observation","id":"{{id}}","status":"{{status}}","category":[{"coding":[{"code":"{{category}}"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{name}}"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueQuantity":{"value":{{value}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"} """)
        + (range is { } limits ? FormattableString.Invariant($$""","referenceRange":[{"low":{"value":{{limits.Low}},"unit":"{{unit}}"},"high":{"value":{{limits.High}},"unit":"{{unit}}"} }]""") : "")
        + (flag is null ? "" : $$""","interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"{{flag}}"}]}]""")
        + "}";
}
