using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>From questions to queries, against one small chart; plans are written as <see cref="PlanText"/> writes them.</summary>
public sealed class BuiltinPlannerTests
{
    [Fact]
    public async Task Dump()
    {
        foreach (var question in File.ReadAllLines("/tmp/qs.txt"))
            Console.WriteLine($"{question}\t{PlanText.Of(await PlanAsync(question))}");
    }

    private static Task<Plan> PlanAsync(string question) => Answering.Planner.PlanAsync(
        HandWrittenRecord.Record, new ChartQuestion(question, HandWrittenRecord.AsOf, AskerRole.Clinician, []), new QueryContext(HandWrittenRecord.AsOf, TimeZoneInfo.Utc), CancellationToken.None);
}
