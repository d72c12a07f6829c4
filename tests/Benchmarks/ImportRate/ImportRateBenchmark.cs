using System.Text.Json;
using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.FhirPath;
using Hl7.FhirPath.Expressions;
using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using Microsoft.Extensions.Options;

namespace MedGemma.Benchmarks.ImportRate;

/// <summary>
/// An import into a new store, from reading the file to the last row on disk, against what an index of all R4 search parameters costs through Hl7.Fhir.R4:
/// parsing (syntax only) and evaluating each type's FHIRPath expressions, without writing anything. Target: at least 3 times the rate.
/// </summary>
internal static class ImportRateBenchmark
{
    private const int Pairs = 20;
    private const int Warmups = 2;
    private const int Resources = 400;
    private const double Target = 3;

    /// <summary>Runs over an even sample of the resources in the files or folders named.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.Error.WriteLine("usage: Benchmarks import-rate PATH...");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("medgemma-import-rate-").FullName;
        try
        {
            return Measure(Sample(arguments), folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Measure(List<byte[]> sample, string folder)
    {
        var input = Path.Combine(folder, "sample.ndjson");
        using (var file = File.Create(input))
        {
            foreach (var resource in sample)
            {
                // One line each, whatever it looked like in its bundle.
                using var document = JsonDocument.Parse(resource);
                JsonSerializer.Serialize(file, document.RootElement);
                file.WriteByte((byte)'\n');
            }
        }

        var run = 0;
        var index = new SearchParameterIndex();
        var lines = File.ReadAllLines(input);
        var ratio = PairedRatio.Measure(
            Pairs,
            Warmups,
            () => Import(input, Path.Combine(folder, "store" + run++)),
            () =>
            {
                foreach (var line in lines)
                    index.Evaluate(line);
            },
            seed: 1);

        var importRate = sample.Count / ratio.Candidate.TotalSeconds;
        var indexRate = sample.Count / ratio.Baseline.TotalSeconds;
        Console.WriteLine($"{sample.Count} resources, {sample.Sum(static resource => (long)resource.Length) / 1e6:F2} MB, {Pairs} pairs");
        Console.WriteLine($"import {importRate:F0} a second, search parameters by FHIRPath {indexRate:F0} a second ({index.Values / (Pairs + Warmups)} values a pass)");
        Console.WriteLine($"import is {1 / ratio.Median:F1} times as fast [{1 / ratio.High:F1}, {1 / ratio.Low:F1}], target {Target:F0}");
        return 1 / ratio.Median >= Target ? 0 : 1;
    }

    private static void Import(string input, string dataFolder)
    {
        var options = Options.Create(new StoreOptions { DataFolder = dataFolder });
        var importer = new Importer(new RecordStore(options, TimeProvider.System), options, TimeProvider.System);
        importer.ImportAsync([input], CompleteTypes.Everything, null, null, CancellationToken.None).GetAwaiter().GetResult();
    }

    private static List<byte[]> Sample(string[] paths)
    {
        var all = new ResourceReader(new ResourceReaderOptions()).Read(ResourceFiles.Find(paths), CancellationToken.None)
            .OfType<ReadResource>().Select(static read => read.Resource.Json.ToArray()).ToList();
        var step = Math.Max(1, all.Count / Resources);
        return [.. all.Where((_, index) => index % step == 0).Take(Resources)];
    }

    /// <summary>Evaluates every R4 search parameter of a resource's type.</summary>
    private sealed class SearchParameterIndex
    {
        private readonly FhirPathCompiler _compiler = new(new SymbolTable().AddStandardFP().AddFhirExtensions());
        private readonly Dictionary<string, List<CompiledExpression>> _byType = new(StringComparer.Ordinal);
        private readonly JsonSerializerOptions _options = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector).UsingMode(DeserializationMode.SyntaxOnly);

        public long Values { get; private set; }

        public void Evaluate(string json)
        {
            var resource = JsonSerializer.Deserialize<Resource>(json, _options)!;
            var node = resource.ToPocoNode();
            foreach (var expression in ExpressionsOf(resource.TypeName))
                Values += expression(node, new FhirEvaluationContext()).Count();
        }

        private List<CompiledExpression> ExpressionsOf(string type)
        {
            if (_byType.TryGetValue(type, out var known))
                return known;

            var expressions = ModelInfo.SearchParameters
                .Where(parameter => parameter.Resource == type && !string.IsNullOrEmpty(parameter.Expression))
                .Select(parameter => _compiler.Compile(parameter.Expression!))
                .ToList();
            return _byType[type] = expressions;
        }
    }
}
