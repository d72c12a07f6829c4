using MedGemma.Agents.Records.Queries.Json;

namespace MedGemma.Agents.Host.Serving.Endpoints;

/// <summary>The record query's JSON Schema at <c>/schemas/record-query.json</c>: as models and MCP clients write it, and as answers show it.</summary>
internal static class SchemaEndpoints
{
    /// <summary>What a schema is sent as (https://json-schema.org/draft/2020-12/json-schema-core#section-14.1).</summary>
    private const string MediaType = "application/schema+json";

    public static void MapSchemas(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/schemas/record-query.json", () => TypedResults.Text(RecordQuerySchema.Json, MediaType))
            .AllowAnonymous()
            .ExcludeFromDescription();
}
