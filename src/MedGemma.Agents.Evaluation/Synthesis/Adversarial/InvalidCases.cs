using System.Text;

namespace MedGemma.Agents.Evaluation.Synthesis.Adversarial;

/// <summary>Input that is broken in one way each.</summary>
internal static class InvalidCases
{
    private const string Good = """{"resourceType":"Patient","id":"inv-good","gender":"female","birthDate":"1970-01-01"}""";

    public static void Write(string path)
    {
        var folder = new CaseFolder(path, "Invalid input");
        folder.Add(
            "malformed-line.ndjson", $$$"""
            {{{Good}}}
            {"resourceType":"Observation","id":"inv-1","status":"final","code":{"text":"Potassium"
            {"resourceType":"Observation","id":"inv-2","status":"final","code":{"text":"Sodium"},"subject":{"reference":"Patient/inv-good"},"valueQuantity":{"value":140,"unit":"mmol/L"}}

            """, "Line 2 is reported with file, line and reason; lines 1 and 3 are loaded; exit code 1.");
        folder.Add(
            "wrong-types.ndjson", $$$"""
            {{{Good}}}
            {"resourceType":"Observation","id":"inv-3","status":7,"code":"Potassium","subject":{"reference":"Patient/inv-good"},"valueQuantity":{"value":"high"}}
            {"resourceType":"Condition","id":"inv-4","code":[],"subject":"Patient/inv-good","onsetDateTime":20200101}

            """, "Lines 2 and 3 have elements of the wrong JSON type: reported or kept without those elements, never a crash, never a value out of them.");
        folder.Add("missing-id.ndjson", $$$"""
            {{{Good}}}
            {"resourceType":"Observation","status":"final","code":{"text":"Potassium"},"subject":{"reference":"Patient/inv-good"}}

            """, "Line 2 has no id and nothing to cite it by: reported; line 1 is loaded; exit code 1.");
        folder.Add("unknown-resource-type.ndjson", $$$"""
            {{{Good}}}
            {"resourceType":"Horoscope","id":"inv-5","subject":{"reference":"Patient/inv-good"}}
            {"id":"inv-6","status":"final"}
            [1,2,3]
            "text"

            """, "Lines 2 to 5 are no FHIR R4 resources: each reported; line 1 is loaded; exit code 1.");
        folder.Add("impossible-dates.ndjson", $$$"""
            {{{Good}}}
            {"resourceType":"Observation","id":"inv-7","status":"final","code":{"text":"Potassium"},"subject":{"reference":"Patient/inv-good"},"effectiveDateTime":"2024-02-31T25:61:00Z","valueQuantity":{"value":4.1,"unit":"mmol/L"}}
            {"resourceType":"Observation","id":"inv-8","status":"final","code":{"text":"Potassium"},"subject":{"reference":"Patient/inv-good"},"effectiveDateTime":"yesterday","valueQuantity":{"value":4.2,"unit":"mmol/L"}}

            """, "Dates that do not exist: reported, or kept as values without a time; never the latest by accident.");
        folder.Add("truncated-bundle.json", $$$"""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{{{Good}}}},{"resource":{"resourceType":"Obser""", "The bundle ends in the middle: reported; what was whole before may be loaded; exit code 1.");
        folder.Add("not-a-bundle.json", "[]\n", "Not a resource: reported; exit code 1.");
        folder.Add("not-json.json", "\0\u0001PK this is no JSON\n", "Not JSON: reported; exit code 1.");
        folder.Add("empty.ndjson", "", "An empty file: nothing to load, one clear line.");
        folder.Add("blank-lines.ndjson", $"\n\n{Good}\n\n", "Blank lines are skipped; the patient is loaded.");
        folder.Add("byte-order-mark.ndjson", $"\uFEFF{Good}\n", "A byte order mark is skipped; the patient is loaded.");
        folder.Add("invalid-utf8.ndjson", [.. Encoding.UTF8.GetBytes("""{"resourceType":"Patient","id":"inv-utf8","name":[{"text":" """), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}]}\n")], "Invalid UTF-8: reported; exit code 1.");
        folder.Add("cut.ndjson.gz", CutGzip(), "The compressed stream ends too early: reported; exit code 1; nothing half-read is kept as whole.");
        folder.Add("deep-nesting.json", Deep(5000), "Nested deeper than a reader should follow: refused with one clear line, no stack overflow; exit code 1.");
        folder.Add("deep-extensions.ndjson", $$$"""{"resourceType":"Patient","id":"inv-deep","extension":{{{Extensions(400)}}}}""" + "\n", "Deep but well formed: refused or loaded, never a crash.");
        folder.Add("duplicate-keys.ndjson", """{"resourceType":"Patient","id":"inv-dup","id":"inv-other","gender":"male","gender":"female"}""" + "\n", "A property twice: reported, or one of the two taken throughout; never two identities.");
        folder.Close();
    }

    private static string Deep(int levels) =>
        """{"resourceType":"Patient","id":"inv-deep","extension":""" + new string('[', levels) + new string(']', levels) + "}\n";

    private static string Extensions(int levels)
    {
        var text = new StringBuilder();
        for (var level = 0; level < levels; level++)
            text.Append("[{\"url\":\"urn:x\",\"extension\":");

        text.Append("[]");
        for (var level = 0; level < levels; level++)
            text.Append("}]");

        return text.ToString();
    }

    /// <summary>A gzip header and one stored block that promises 64 bytes and holds 20. Written by hand: compressors differ between machines.</summary>
    private static byte[] CutGzip() =>
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1, 64, 0, 0xBF, 0xFF, .. Encoding.ASCII.GetBytes("{\"resourceType\":\"Pat")];
}
