namespace MedGemma.Agents.Host.Serving.Endpoints;

/// <summary>Describes in the OpenAPI document the problems that do not come from an endpoint itself.</summary>
internal static class DescribedProblems
{
    /// <summary>A caller who is not known, or calls too often; and what nobody foresaw.</summary>
    public static TBuilder ProducesCallerProblems<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => Add(endpoint, StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests, StatusCodes.Status500InternalServerError);

    /// <summary>A body that is not valid, too large, or not JSON.</summary>
    public static TBuilder ProducesBodyProblems<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => Add(endpoint, StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);

    private static TBuilder Add<TBuilder>(TBuilder endpoint, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]));

        return endpoint;
    }
}
