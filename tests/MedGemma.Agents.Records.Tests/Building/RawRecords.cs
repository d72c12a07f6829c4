using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Tests.Building;

/// <summary>The least that gets raw records out of text and files for tests.</summary>
internal static class RawRecords
{
    public static readonly Receipt Receipt = new("files", DateTimeOffset.UnixEpoch, new Dictionary<string, TypeReceipt>(), true);

    public static RawResource Resource(string json, string? fullUrl = null)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        var key = new ResourceKey(root.GetProperty("resourceType").GetString()!, root.GetProperty("id").GetString()!);
        return new RawResource(key, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes, fullUrl, null);
    }

    /// <summary>A record of Patient/p with further resources.</summary>
    public static RawRecord Of(params string[] resources) => Of(resources, []);

    public static RawRecord Of(string[] resources, string[] supporting)
    {
        var all = new List<RawResource>();
        if (!resources.Any(json => json.Contains("\"Patient\",", StringComparison.Ordinal)))
            all.Add(Resource("""{"resourceType":"Patient","id":"p"}"""));

        all.AddRange(resources.Select(json => Resource(json)));
        return new RawRecord(new ResourceKey("Patient", "p"), all, [.. supporting.Select(json => Resource(json))], Receipt);
    }

    public static PatientRecord Build(params string[] resources) => new RecordBuilder(TimeZoneInfo.Utc).Build(Of(resources));

    public static RecordResource BuildOne(string resource, params string[] others)
    {
        var record = Build([resource, .. others]);
        var key = Resource(resource).Key;
        return record.Resources.Single(found => found.Key == key);
    }

    /// <summary>A folder with data that the repository does not hold, or null.</summary>
    public static string? Shared(string folder)
    {
        var root = Environment.GetEnvironmentVariable("MEDGEMMA_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); root is null && at is not null; at = at.Parent)
        {
            var beside = Path.Combine(at.FullName, "..", "shared");
            if (File.Exists(Path.Combine(at.FullName, "MedGemma.Agents.sln")) && Directory.Exists(beside))
                root = beside;
        }

        var path = root is null ? null : Path.Combine(root, folder);
        return Directory.Exists(path) ? path : null;
    }

    public static byte[] ReadGzip(string path)
    {
        using var file = File.OpenRead(path);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        gzip.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>The record of the one patient of a bundle.</summary>
    public static RawRecord OfBundle(byte[] bundle)
    {
        using var document = JsonDocument.Parse(bundle);
        var own = new List<RawResource>();
        var supporting = new List<RawResource>();
        foreach (var entry in document.RootElement.GetProperty("entry").EnumerateArray())
        {
            var resource = entry.GetProperty("resource");
            var raw = Resource(resource.GetRawText(), entry.TryGetProperty("fullUrl", out var url) ? url.GetString() : null);
            (SubjectReference.Find(resource) is null ? supporting : own).Add(raw);
        }

        return new RawRecord(own.Single(raw => raw.Key.Type == "Patient").Key, own, supporting, Receipt);
    }

    /// <summary>The records of all patients in a folder of NDJSON files.</summary>
    public static IReadOnlyList<RawRecord> OfFolder(string folder)
    {
        var own = new Dictionary<string, List<RawResource>>();
        var supporting = new List<RawResource>();
        foreach (var path in Directory.GetFiles(folder, "*.ndjson.gz").Order(StringComparer.Ordinal))
        {
            foreach (var line in Encoding.UTF8.GetString(ReadGzip(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var document = JsonDocument.Parse(line);
                if (SubjectReference.Find(document.RootElement) is { } patient)
                {
                    if (!own.TryGetValue(patient, out var list))
                        own[patient] = list = [];

                    list.Add(Resource(line));
                }
                else
                {
                    supporting.Add(Resource(line));
                }
            }
        }

        return [.. own.Select(pair => ResourceKey.TryParse(pair.Key, out var key)
            ? new RawRecord(key, pair.Value, supporting, Receipt)
            : throw new InvalidDataException("A subject is no reference."))];
    }
}
