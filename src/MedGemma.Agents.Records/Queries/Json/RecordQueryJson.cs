using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedGemma.Agents.Records.Queries.Json;

/// <summary>Reads and writes record queries as JSON: camelCase members, kebab-case words, aggregates told apart by <c>kind</c>. Thread-safe.</summary>
public static class RecordQueryJson
{
    /// <summary>Options that write queries and results and read queries strictly: what is not a member is refused.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Writes a query.</summary>
    /// <param name="query">The query.</param>
    public static string Write(RecordQuery query) => JsonSerializer.Serialize(query, Options);

    /// <summary>Reads a query.</summary>
    /// <param name="json">JSON text.</param>
    /// <param name="query">The query, when the text is one.</param>
    /// <param name="problem">What is wrong with the text and where, otherwise.</param>
    /// <returns>False for malformed JSON, unknown members or words, and what a query cannot be.</returns>
    public static bool TryRead(string json, [NotNullWhen(true)] out RecordQuery? query, [NotNullWhen(false)] out string? problem)
    {
        (query, problem) = (null, null);
        try
        {
            query = JsonSerializer.Deserialize<RecordQuery>(json, Options);
            problem = query is null ? "The query is null." : Check(query);
        }
        catch (JsonException exception)
        {
            problem = exception.Message;
        }
        catch (NotSupportedException)
        {
            // What System.Text.Json throws where the member that tells aggregates apart is missing.
            problem = "An aggregate has no kind.";
        }

        if (problem is not null)
            query = null;
        return query is not null;
    }

    private static string? Check(RecordQuery query)
    {
        if (query.Selection.Kinds.Count == 0)
            return "selection.kinds is empty; name at least one kind.";
        if (query.Selection.Setting.Any(kind => kind is not (RecordKind.Encounter or RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit or RecordKind.OutpatientVisit)))
            return "selection.setting names a kind that is no encounter.";
        if (query.Aggregate is GroupAggregate { Each: GroupAggregate or TimeBetweenAggregate or CalculateAggregate })
            return "aggregate.each cannot be a group, time-between or calculate.";
        if (query.Aggregate is NthAggregate { N: 0 })
            return "aggregate.n cannot be 0; 1 is the first, -1 the last.";
        if (query.Selection.Value is { } value && (value.Comparison is ValueComparison.Between or ValueComparison.Outside ? !(value.Upper >= value.Bound) : value.Upper is not null))
            return "selection.value.upper goes with between and outside, and is not below the bound.";
        if (query.Selection.WithinDaysOfPrevious < 1)
            return "selection.withinDaysOfPrevious is less than 1.";
        if (query.Selection is { CurrentInWindow: true, Window: not { From: not null, Until: not null } })
            return "selection.currentInWindow needs a window with a beginning and an end.";
        if (query.Aggregate is DeltaAggregate { Last: < 2 } or ChangedAggregate { Last: < 2 })
            return "aggregate.last is less than 2; a difference needs two times.";
        return query.Selection.Window is { From: { } from, Until: { } until } && from >= until ? "selection.window ends before it starts." : null;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            AllowOutOfOrderMetadataProperties = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
