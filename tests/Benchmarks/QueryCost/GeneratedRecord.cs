using System.Globalization;
using System.Text;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Benchmarks.QueryCost;

/// <summary>A record of any size whose answers stay the same size: the more resources, the longer the history of the same forty tests and twenty drugs.</summary>
internal static class GeneratedRecord
{
    /// <summary>The instant after the last resource.</summary>
    public static readonly DateTimeOffset End = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Builds a record of so many resources, one an hour back from <see cref="End"/>.</summary>
    public static PatientRecord Build(int resources)
    {
        var all = new List<RawResource>(resources + 1) { Raw("Patient", "p", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"1950-01-01\"}") };
        for (var i = 0; i < resources; i++)
        {
            var time = End.AddHours(-i).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            all.Add(i % 5 == 0 ? Order(i, time) : Result(i, time));
        }

        var types = all.GroupBy(resource => resource.Key.Type)
            .ToDictionary(group => group.Key, group => new TypeReceipt(group.Key, group.Count(), null, 1, true, null));
        return new RecordBuilder(TimeZoneInfo.Utc).Build(new RawRecord(new ResourceKey("Patient", "p"), all, [], new Receipt("benchmark", End, types, true)));
    }

    private static RawResource Result(int i, string time) => Raw("Observation", $"o{i}",
        $"{{\"resourceType\":\"Observation\",\"id\":\"o{i}\",\"status\":\"final\",\"category\":[{{\"coding\":[{{\"code\":\"laboratory\"}}]}}],\"code\":{{\"coding\":[{{\"system\":\"http://loinc.org\",\"code\":\"T{i % 40}\",\"display\":\"Test {i % 40}\"}}]}},\"subject\":{{\"reference\":\"Patient/p\"}},\"effectiveDateTime\":\"{time}\",\"valueQuantity\":{{\"value\":{i % 97},\"unit\":\"mg/dL\"}}}}");

    private static RawResource Order(int i, string time) => Raw("MedicationRequest", $"m{i}",
        $"{{\"resourceType\":\"MedicationRequest\",\"id\":\"m{i}\",\"status\":\"completed\",\"intent\":\"order\",\"authoredOn\":\"{time}\",\"subject\":{{\"reference\":\"Patient/p\"}},\"medicationCodeableConcept\":{{\"coding\":[{{\"system\":\"urn:d\",\"code\":\"D{i % 20}\",\"display\":\"Drug {i % 20}\"}}]}}}}");

    private static RawResource Raw(string type, string id, string json) => new(new ResourceKey(type, id), "1", Encoding.UTF8.GetBytes(json), null, null);
}
