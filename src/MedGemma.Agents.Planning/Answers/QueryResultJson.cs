using System.Text.Json;
using System.Text.Json.Serialization;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The JSON of a query and of what it gave; its values stand in the claims, so that here only their number is said.</summary>
public static class QueryResultJson
{
    private static readonly JsonSerializerOptions QueryOptions = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Writes queries so that <see cref="ReadQueries"/> gives equal ones.</summary>
    /// <param name="queries">The queries.</param>
    public static byte[] WriteQueries(IReadOnlyList<RecordQuery> queries) => JsonSerializer.SerializeToUtf8Bytes(queries, QueryOptions);

    /// <summary>Reads what <see cref="WriteQueries"/> wrote.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <exception cref="JsonException">Not a list of queries.</exception>
    public static IReadOnlyList<RecordQuery> ReadQueries(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<IReadOnlyList<RecordQuery>>(json, QueryOptions) ?? throw new JsonException("A list of queries was expected, not null.");

    /// <summary>Writes a query with its outcome.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The result.</param>
    public static void Write(Utf8JsonWriter writer, QueryResult result)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);

        writer.WriteStartObject();
        writer.WritePropertyName("query");
        JsonSerializer.Serialize(writer, result.Query, QueryOptions);
        writer.WriteString("outcome", NameOf(result.Outcome));
        writer.WriteNumber("values", result.Values.Count);
        writer.WriteNumber("matched", result.Matched);
        writer.WriteNumber("distinctConcepts", result.DistinctConcepts);
        writer.WriteStartArray("concepts");
        foreach (var concept in result.Concepts)
            JsonSerializer.Serialize(writer, concept, QueryOptions);

        writer.WriteEndArray();
        writer.WriteStrings("types", result.Types);
        writer.WriteStrings("missing", result.Missing);
        writer.WriteBoolean("dependsOnMissing", result.DependsOnMissing);
        writer.WriteStrings("notes", result.Notes);
        writer.WriteStartArray("unread");
        foreach (var text in result.Unread)
            WriteUnread(writer, text);
        writer.WriteEndArray();
        writer.WritePropertyName("problem");
        JsonSerializer.Serialize(writer, result.Problem, QueryOptions);
        writer.WriteEndObject();
    }

    private static void WriteUnread(Utf8JsonWriter writer, UnreadText text)
    {
        writer.WriteStartObject();
        writer.WriteString("resource", text.Resource.ToString());
        writer.WriteString("version", text.Version);
        writer.WriteString("path", text.Path);
        writer.WritePropertyName("reason");
        JsonSerializer.Serialize(writer, text.Reason, QueryOptions);
        writer.WriteEndObject();
    }

    private static string NameOf(QueryOutcome outcome) => outcome switch
    {
        QueryOutcome.Found => "found",
        QueryOutcome.SearchedAndEmpty => "searched_and_empty",
        QueryOutcome.NotSupplied => "not_supplied",
        QueryOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not a query outcome."),
    };
}
