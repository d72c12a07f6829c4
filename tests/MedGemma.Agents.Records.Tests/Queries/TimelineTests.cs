using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Queries.Running;
using MedGemma.Agents.Records.Status;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Origin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly RecordResource Resource = new()
    {
        Key = new ResourceKey("Procedure", "x"), Version = "1", Json = JsonDocument.Parse("{}").RootElement, Kinds = [], Concept = null, Categories = [],
        When = null, WhenText = null, IsState = true, RecordedAt = null, Encounter = null, Status = null, Standing = Standing.Counts, Labels = ImmutableArray<string>.Empty,
    };

    [Fact]
    public void Timeline_finds_what_a_full_scan_finds()
    {
        var finding = Gen.Select(Gen.Int[0, 100], Gen.Int[0, 30], Gen.Int[0, 9])
            .Select(parts => new Finding(Resource, -1, parts.Item3 switch
            {
                0 => null,
                1 => new TimeInterval(null, Origin.AddDays(parts.Item1)),
                2 => new TimeInterval(Origin.AddDays(parts.Item1), null),
                _ => new TimeInterval(Origin.AddDays(parts.Item1), Origin.AddDays(parts.Item1 + parts.Item2).AddTicks(1)),
            }, null));

        Gen.Select(finding.Array[0, 60], Gen.Int[-10, 110], Gen.Int[-10, 110]).Sample((findings, a, b) =>
        {
            var window = new TimeInterval(Origin.AddDays(Math.Min(a, b)), Origin.AddDays(Math.Max(a, b) + 1));
            var found = new List<Finding>();
            new Timeline(findings).Collect(window.Start!.Value.UtcTicks, window.End!.Value.UtcTicks, found);

            var scanned = findings.Where(item => item.Span is { } span && span.Overlaps(window)).ToList();
            Assert.Equal(scanned.Count, found.Count);
            Assert.Equal(scanned.ToHashSet<object>(ReferenceEqualityComparer.Instance), found.ToHashSet<object>(ReferenceEqualityComparer.Instance));
            Assert.Equal(found.Select(item => item.Start ?? DateTimeOffset.MinValue).Order(), found.Select(item => item.Start ?? DateTimeOffset.MinValue));
        });
    }
}
