using System.IO.Compression;
using System.Text.Json;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Tests.Testing;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>Every element of every kind over public records, each value checked against FHIRPath or computed again. Skipped where the data sets are not.</summary>
public sealed class SharedDataProofTests
{
    private static readonly Aggregate[] Aggregates =
    [
        new LatestAggregate(), new EarliestAggregate(), new NthAggregate(2), new ListAggregate(Distinct: true), new CountAggregate(Distinct: true), new ExistsAggregate(),
        new ExtremeAggregate(Highest: true), new StatisticAggregate(Statistic.Median), new DeltaAggregate(), new TrendAggregate(), new TimeBetweenAggregate(null),
        new GroupAggregate(GroupKey.Concept, new StatisticAggregate(Statistic.Mean)), new GroupAggregate(GroupKey.Month, new CountAggregate()),
    ];

    [Fact]
    public void Every_value_of_mimic_patients_is_proved()
    {
        var folder = SharedData.Require("mimic-demo");
        foreach (var record in MimicRecords(folder, patients: 3))
            Assert.True(CheckAll(record) > 1_000, "Too little was checked.");
    }

    [Fact]
    public void Every_value_of_synthea_patients_is_proved()
    {
        var folder = SharedData.Require("synthea");
        foreach (var path in Directory.EnumerateFiles(folder, "*.json.gz").Order(StringComparer.Ordinal).Take(3))
            Assert.True(CheckAll(SyntheaRecord(path)) > 300, "Too little was checked.");
    }

    private static int CheckAll(PatientRecord record)
    {
        var engine = new RecordQueryEngine(new NamedResolver(), new UnitConverter());
        var context = new QueryContext(new DateTimeOffset(2300, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
        var check = new EvidenceCheck();
        var checkedValues = 0;
        foreach (var kind in Enum.GetValues<RecordKind>())
        {
            var selection = new RecordSelection { Kinds = [kind] };
            foreach (var element in Enum.GetValues<ResultElement>())
                Check(new RecordQuery(selection, new ListAggregate(), element));
            foreach (var aggregate in Aggregates)
                Check(new RecordQuery(selection, aggregate));
        }

        return checkedValues;

        void Check(RecordQuery query)
        {
            var result = engine.Run(record, query, context);
            var step = Math.Max(1, result.Values.Count / 25);
            var sample = result.Values.Where((_, index) => index % step == 0).Where(value => (value.Derivation?.Inputs.Count ?? 0) < 500).ToList();
            QueryTest.AssertProved(record, result with { Values = sample }, check);
            checkedValues += sample.Count;
        }
    }

    private static IEnumerable<PatientRecord> MimicRecords(string folder, int patients)
    {
        var ids = Lines(Path.Combine(folder, "MimicPatient.ndjson.gz")).Take(patients).Select(line => Raw(line, null).Key.Id).ToList();
        var (own, supporting) = (ids.ToDictionary(id => id, _ => new List<RawResource>()), new List<RawResource>());
        foreach (var path in Directory.EnumerateFiles(folder, "*.ndjson.gz"))
        {
            foreach (var line in Lines(path))
            {
                using var json = JsonDocument.Parse(line);
                var type = json.RootElement.GetProperty("resourceType").GetString()!;
                var subject = type == "Patient" ? json.RootElement.GetProperty("id").GetString()
                    : json.RootElement.TryGetProperty("subject", out var reference) ? reference.GetProperty("reference").GetString()!["Patient/".Length..]
                    : null;
                if (subject is null)
                    supporting.Add(Raw(line, null));
                else if (own.TryGetValue(subject, out var resources))
                    resources.Add(Raw(line, null));
            }
        }

        return own.Select(pair => Build(new ResourceKey("Patient", pair.Key), pair.Value, supporting));
    }

    private static PatientRecord SyntheaRecord(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bundle = JsonDocument.Parse(stream);
        var all = bundle.RootElement.GetProperty("entry").EnumerateArray()
            .Select(entry => Raw(entry.GetProperty("resource").GetRawText(), entry.GetProperty("fullUrl").GetString()))
            .ToList();
        var patient = all.Find(resource => resource.Key.Type == "Patient")!;
        var supporting = all.FindAll(resource => resource.Key.Type is "Practitioner" or "Organization" or "Location" or "Medication");
        return Build(patient.Key, all.Except(supporting).ToList(), supporting);
    }

    private static PatientRecord Build(ResourceKey patient, List<RawResource> own, List<RawResource> supporting)
    {
        var types = own.Concat(supporting).GroupBy(resource => resource.Key.Type)
            .ToDictionary(group => group.Key, group => new TypeReceipt(group.Key, group.Count(), null, 1, true, null));
        return new RecordBuilder(TimeZoneInfo.Utc).Build(new RawRecord(patient, own, supporting, new Receipt("test", TestRecords.ReadAt, types, true)));
    }

    private static RawResource Raw(string line, string? fullUrl)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(line);
        using var json = JsonDocument.Parse(bytes);
        return new RawResource(new ResourceKey(json.RootElement.GetProperty("resourceType").GetString()!, json.RootElement.GetProperty("id").GetString()!), "1", bytes, fullUrl, null);
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
