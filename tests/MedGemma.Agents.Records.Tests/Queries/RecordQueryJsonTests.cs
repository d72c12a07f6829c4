using CsCheck;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Json;
using NJsonSchema;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class RecordQueryJsonTests
{
    private static readonly Gen<string> Words = Gen.Char['a', 'z'].Array[1, 8].Select(letters => new string(letters));

    private static readonly Gen<DateTimeOffset?> Moment = Gen.Int[0, 60_000].Select(day => new DateTimeOffset(1950, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day)).Nullable();

    private static readonly Gen<QueryWindow> Window = Gen.Select(Moment, Moment, Gen.Null(Words))
        .Select(parts => parts.Item1 > parts.Item2 ? new QueryWindow(parts.Item2, parts.Item1, parts.Item3) : new QueryWindow(parts.Item1, parts.Item2 == parts.Item1 ? null : parts.Item2, parts.Item3));

    private static readonly Gen<ValueFilter> Filter = Gen.Select(Gen.Enum<ValueComparison>(), Gen.Decimal[-1000, 1000], Gen.Null(Words), Gen.Decimal[0, 1000])
        .Select(parts => new ValueFilter(parts.Item1, parts.Item2, parts.Item3, parts.Item1 is ValueComparison.Between or ValueComparison.Outside ? parts.Item2 + parts.Item4 : null));

    private static readonly Gen<RecordSelection> Selection =
        Gen.Select(Gen.Enum<RecordKind>().List[1, 3], Words.List[0, 2], Words.List[0, 2], Gen.Null(Words), Gen.Null(Window), Gen.Null(Filter), Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[1, 90].Nullable(), Gen.OneOf(Gen.Const(RecordKind.IcuStay), Gen.Const(RecordKind.EmergencyVisit)).List[0, 2]))
            .Select(parts => new RecordSelection
            {
                Kinds = parts.Item1, Concepts = parts.Item2, Statuses = parts.Item3, Via = parts.Item4, Window = parts.Item5, Value = parts.Item6,
                CurrentOnly = parts.Item7.Item1, BeganInWindow = parts.Item7.Item2, WithinDaysOfPrevious = parts.Item7.Item3, Setting = parts.Item7.Item4,
            });

    private static readonly Gen<Aggregate> Plain = Gen.OneOf<Aggregate>(
        Gen.Const<Aggregate>(new LatestAggregate()),
        Gen.Const<Aggregate>(new EarliestAggregate()),
        Gen.Int[1, 9].Select(n => (Aggregate)new NthAggregate(n)),
        Gen.Bool.Select(distinct => (Aggregate)new ListAggregate(distinct)),
        Gen.Bool.Select(distinct => (Aggregate)new CountAggregate(distinct)),
        Gen.Const<Aggregate>(new ExistsAggregate()),
        Gen.Bool.Select(highest => (Aggregate)new ExtremeAggregate(highest)),
        Gen.Enum<Statistic>().Select(statistic => (Aggregate)new StatisticAggregate(statistic)),
        Gen.Select(Gen.Int[2, 9].Nullable(), Gen.Bool).Select(parts => (Aggregate)new DeltaAggregate(parts.Item1, parts.Item2)),
        Gen.Select(Gen.Bool, Gen.Int[2, 9].Nullable()).Select(parts => (Aggregate)new ChangedAggregate(parts.Item1, parts.Item2)),
        Gen.Const<Aggregate>(new TrendAggregate()));

    private static readonly Gen<Aggregate> Any = Gen.OneOf<Aggregate>(
        Plain,
        Gen.Select(Gen.Null(Selection), Gen.Bool, Gen.Bool).Select(parts => (Aggregate)new TimeBetweenAggregate(parts.Item1, parts.Item2, parts.Item3)),
        Gen.Select(Gen.Enum<GroupKey>(), Plain).Select(parts => (Aggregate)new GroupAggregate(parts.Item1, parts.Item2)));

    private static readonly Gen<RecordQuery> Query = Gen.Select(Selection, Any, Gen.Enum<ResultElement>(), Gen.Null(Words), Gen.Bool)
        .Select(parts => new RecordQuery(parts.Item1, parts.Item2, parts.Item3, parts.Item4, parts.Item5));

    [Fact]
    public void Every_query_survives_the_way_through_json() => Query.Sample(query =>
    {
        var json = RecordQueryJson.Write(query);
        Assert.True(RecordQueryJson.TryRead(json, out var read, out var problem), problem);
        Assert.Equal(json, RecordQueryJson.Write(read));
        Assert.Equal(query.Aggregate.GetType(), read.Aggregate.GetType());
        Assert.Equal(query.Element, read.Element);
        Assert.Equal(query.Selection.Kinds, read.Selection.Kinds);
    });

    [Fact]
    public async Task Schema_accepts_every_query_that_is_written()
    {
        var schema = await JsonSchema.FromJsonAsync(RecordQuerySchema.Json, TestContext.Current.CancellationToken);

        Query.Sample(query =>
        {
            var json = RecordQueryJson.Write(query);
            var errors = schema.Validate(json);
            Assert.True(errors.Count == 0, $"{string.Join("; ", errors)} in {json}");
        }, iter: 300, threads: 1);
    }

    [Theory]
    [InlineData("{\"selection\":{\"kinds\":[\"procedure\"]},\"aggregate\":{\"kind\":\"best\"}}")]
    [InlineData("{\"selection\":{\"kinds\":[\"potion\"]},\"aggregate\":{\"kind\":\"latest\"}}")]
    [InlineData("{\"selection\":{\"concepts\":[]},\"aggregate\":{\"kind\":\"latest\"}}")]
    [InlineData("{\"selection\":{\"kinds\":[\"procedure\"],\"patient\":\"q\"},\"aggregate\":{\"kind\":\"latest\"}}")]
    [InlineData("{\"selection\":{\"kinds\":[\"procedure\"]}}")]
    public async Task Schema_refuses_what_no_query_is(string json)
    {
        var schema = await JsonSchema.FromJsonAsync(RecordQuerySchema.Json, TestContext.Current.CancellationToken);

        Assert.NotEmpty(schema.Validate(json));
        Assert.False(RecordQueryJson.TryRead(json, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("{\"selection\":{\"kinds\":[]},\"aggregate\":{\"kind\":\"latest\"}}", "kinds")]
    [InlineData("{\"selection\":{\"kinds\":[\"procedure\"]},\"aggregate\":{\"kind\":\"nth\",\"n\":0}}", "cannot be 0")]
    [InlineData("{\"selection\":{\"kinds\":[\"procedure\"]},\"aggregate\":{\"kind\":\"delta\",\"last\":1}}", "last")]
    [InlineData("{\"selection\":{\"kinds\":[\"encounter\"],\"withinDaysOfPrevious\":0},\"aggregate\":{\"kind\":\"list\"}}", "withinDaysOfPrevious")]
    [InlineData("{\"selection\":{\"kinds\":[\"procedure\"]},\"aggregate\":{\"kind\":\"group\",\"by\":\"day\",\"each\":{\"kind\":\"group\",\"by\":\"day\",\"each\":{\"kind\":\"count\"}}}}", "each")]
    [InlineData("{\"selection\":{\"kinds\":[\"procedure\"],\"window\":{\"from\":\"2024-01-02T00:00:00Z\",\"until\":\"2024-01-01T00:00:00Z\"}},\"aggregate\":{\"kind\":\"latest\"}}", "window")]
    [InlineData("{\"selection\":{\"kinds\":[3]},\"aggregate\":{\"kind\":\"latest\"}}", "kinds")]
    [InlineData("{\"selection\":{\"kinds\":[\"procedure\"]},\"aggregate\":{}}", "aggregate")]
    [InlineData("{\"selection\":", "")]
    [InlineData("null", "null")]
    public void Reading_says_what_is_wrong(string json, string expected)
    {
        Assert.False(RecordQueryJson.TryRead(json, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_query_needs_no_more_than_it_says()
    {
        Assert.True(RecordQueryJson.TryRead("{\"aggregate\":{\"n\":-2,\"kind\":\"nth\"},\"selection\":{\"kinds\":[\"laboratory-result\"],\"concepts\":[\"HbA1c\"]}}", out var query, out _));
        Assert.Equal(new NthAggregate(-2), query.Aggregate);
        Assert.Equal(ResultElement.Default, query.Element);
    }

    [Fact]
    public void Every_member_of_a_query_is_described()
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(RecordQuerySchema.Json)!;
        var undescribed = new List<string>();
        Walk(root, "");
        Assert.Empty(undescribed);

        void Walk(System.Text.Json.Nodes.JsonNode node, string path)
        {
            if (node is System.Text.Json.Nodes.JsonArray array)
            {
                foreach (var item in array)
                    if (item is not null)
                        Walk(item, path);
            }
            else if (node is System.Text.Json.Nodes.JsonObject schema)
            {
                foreach (var (name, child) in schema)
                {
                    if (name == "properties")
                        undescribed.AddRange(child!.AsObject().Where(member => member.Key != "kind" && member.Value?["description"] is null).Select(member => $"{path}.{member.Key}"));
                    if (child is not null)
                        Walk(child, $"{path}.{name}");
                }
            }
        }
    }
}
