using System.Collections.Immutable;
using System.Diagnostics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Benchmarks.QueryCost;

/// <summary>
/// Queries with a result of constant size over records of 1,000, 10,000 and 100,000 resources, against a full scan of the same record for the same resources.
/// Target: a hundred times the record costs no more than three times the query, which is the growth of its logarithm with room for cache misses.
/// </summary>
internal static class QueryCostBenchmark
{
    private const double Target = 3;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    /// <summary>Runs the benchmark; takes no arguments.</summary>
    public static int Run(string[] arguments)
    {
        var records = Sizes.Select(GeneratedRecord.Build).ToList();
        var engine = new RecordQueryEngine(new OneName(), new UnitConverter());
        var context = new QueryContext(GeneratedRecord.End, TimeZoneInfo.Utc);
        var worst = 0.0;
        Console.WriteLine("query                     resources  matched  query us   scan us  first ms");
        foreach (var (name, query) in Queries())
        {
            var smallest = 0.0;
            for (var size = 0; size < Sizes.Length; size++)
            {
                var record = records[size];
                var started = Stopwatch.GetTimestamp();
                var result = engine.Run(record, query, context);
                var first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                var scanned = Scan(record, query.Selection);
                if (result.Matched != scanned)
                    throw new InvalidOperationException($"{name}: the query matched {result.Matched}, the scan {scanned}.");

                var cost = MedianMicroseconds(() => engine.Run(record, query, context));
                var scan = MedianMicroseconds(() => Scan(record, query.Selection));
                smallest = size == 0 ? cost : smallest;
                worst = Math.Max(worst, cost / smallest);
                Console.WriteLine($"{name,-25} {Sizes[size],9} {result.Matched,8} {cost,9:F1} {scan,9:F1} {first,9:F2}");
            }
        }

        Console.WriteLine($"worst growth over a hundredfold record {worst:F2}, target {Target:F0}");
        return worst <= Target ? 0 : 1;
    }

    private static IEnumerable<(string, RecordQuery)> Queries()
    {
        var lastDay = new QueryWindow(GeneratedRecord.End.AddHours(-24));
        var lastTwoWeeks = new QueryWindow(GeneratedRecord.End.AddDays(-14));
        yield return ("list, kind and window", new RecordQuery(new RecordSelection { Kinds = [RecordKind.LaboratoryResult], Window = lastDay }, new ListAggregate()));
        yield return ("count, kind and window", new RecordQuery(new RecordSelection { Kinds = [RecordKind.MedicationRequest], Window = lastDay }, new CountAggregate(Distinct: true)));
        yield return ("mean, concept and window", new RecordQuery(
            new RecordSelection { Kinds = [RecordKind.LaboratoryResult], Concepts = ["Test 7"], Window = lastTwoWeeks }, new StatisticAggregate(Statistic.Mean)));
        yield return ("latest, code and window", new RecordQuery(
            new RecordSelection { Kinds = [RecordKind.LaboratoryResult], Codes = ["http://loinc.org|T9"], Window = lastTwoWeeks }, new LatestAggregate()));
    }

    /// <summary>What a query would cost without any index: a look at every resource.</summary>
    private static int Scan(PatientRecord record, RecordSelection selection)
    {
        var matched = 0;
        foreach (var resource in record.Resources)
        {
            if (resource.Kinds.Contains(selection.Kinds[0])
                && (selection.Concepts.Count == 0 || resource.Concept?.Name == selection.Concepts[0])
                && (selection.Codes.Count == 0 || resource.Concept?.Codings.Any(coding => $"{coding.System}|{coding.Code}" == selection.Codes[0]) == true)
                && resource.When?.Start >= selection.Window!.From && resource.When?.Start <= GeneratedRecord.End)
                matched++;
        }

        return matched;
    }

    private static double MedianMicroseconds(Action work)
    {
        const int Rounds = 41;
        var times = new double[Rounds];
        for (var round = -10; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            if (round >= 0)
                times[round] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }

    /// <summary>Resolves a name to the one concept that bears it, so that only the engine is measured.</summary>
    private sealed class OneName : IConceptResolver
    {
        public ResolvedConcept Resolve(PatientRecord record, string words, IReadOnlyCollection<RecordKind> kinds)
        {
            ImmutableArray<ConceptEntry> entries = [.. record.Concepts.Entries.Where(entry => entry.Name == words)];
            return new ResolvedConcept(new ConceptMatch(words, [words], [], "text", Ambiguous: false), entries, IsKnown: true);
        }

        public bool IsSame(string words, string name) => words == name;
    }
}
