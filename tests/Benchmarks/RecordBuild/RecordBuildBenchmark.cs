using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Records.Building;

namespace MedGemma.Benchmarks.RecordBuild;

/// <summary>
/// A bundle's record, split and built with its concept index, against Hl7.Fhir.R4's fastest parse of the same bytes (syntax only, no validation).
/// Target: at most 1.5 times.
/// </summary>
internal static class RecordBuildBenchmark
{
    private const int Pairs = 41;
    private const int Warmups = 15;
    private const double Target = 1.5;

    /// <summary>Runs over every bundle (<c>.json</c> or <c>.json.gz</c>) named, or in the folders named.</summary>
    public static int Run(string[] arguments)
    {
        var files = arguments.SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path, "*.json*") : [path]).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
        {
            Console.Error.WriteLine("usage: Benchmarks record-build BUNDLE...");
            return 2;
        }

        var builder = new RecordBuilder(TimeZoneInfo.Utc);
        var worst = 0.0;
        Console.WriteLine("      MB  resources  build ms  parse ms  ratio  95 % interval  index ms");
        foreach (var file in files)
        {
            var bundle = Read(file);
            var options = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector).UsingMode(DeserializationMode.SyntaxOnly);
            var ratio = PairedRatio.Measure(
                Pairs,
                Warmups,
                () => GC.KeepAlive(builder.Build(BundleSplit.Split(bundle)).Concepts),
                () => GC.KeepAlive(JsonSerializer.Deserialize<Bundle>(bundle, options)),
                seed: 1);
            var record = builder.Build(BundleSplit.Split(bundle));
            var started = Stopwatch.GetTimestamp();
            GC.KeepAlive(record.Concepts);
            var index = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            worst = Math.Max(worst, ratio.Median);
            Console.WriteLine(
                $"{bundle.Length / 1e6,8:F2} {record.Resources.Length,10} {ratio.Candidate.TotalMilliseconds,9:F2} {ratio.Baseline.TotalMilliseconds,9:F2} {ratio.Median,6:F3}  [{ratio.Low:F3}, {ratio.High:F3}] {index,9:F2}");
        }

        Console.WriteLine($"worst median ratio {worst:F3}, target {Target:F1}");
        return worst <= Target ? 0 : 1;
    }

    private static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            var plain = new byte[file.Length];
            file.ReadExactly(plain);
            return plain;
        }

        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        gzip.CopyTo(memory);
        return memory.ToArray();
    }
}
