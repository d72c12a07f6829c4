using System.Text.Json;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Benchmarks.RecordBuild;

/// <summary>Splits a bundle of one patient into raw resources without copying their bytes.</summary>
internal static class BundleSplit
{
    private static readonly Receipt Receipt = new("files", DateTimeOffset.UnixEpoch, new Dictionary<string, TypeReceipt>(), true);

    public static RawRecord Split(byte[] bundle)
    {
        var own = new List<RawResource>();
        var supporting = new List<RawResource>();
        ResourceKey patient = default;
        var reader = new Utf8JsonReader(bundle);
        string? fullUrl = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;

            if (reader.CurrentDepth == 3 && reader.ValueTextEquals("fullUrl"u8))
            {
                reader.Read();
                fullUrl = reader.GetString();
            }
            else if (reader.CurrentDepth == 3 && reader.ValueTextEquals("resource"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                var key = KeyOf(ref reader);
                var raw = new RawResource(key, "1", bundle.AsMemory(start, (int)reader.BytesConsumed - start), fullUrl, null);
                if (key.Type == "Patient")
                    patient = key;

                (key.Type == "Patient" || SubjectReference.ElementOf(key.Type) is not null ? own : supporting).Add(raw);
                fullUrl = null;
            }
        }

        return new RawRecord(patient, own, supporting, Receipt);
    }

    private static ResourceKey KeyOf(ref Utf8JsonReader reader)
    {
        string? type = null;
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("resourceType"u8);
            var isId = !isType && reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isType)
                type = string.Intern(reader.GetString()!);
            else if (isId)
                id = reader.GetString();
            else
                reader.Skip();
        }

        return new ResourceKey(type!, id!);
    }
}
