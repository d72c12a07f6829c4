using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>Says in the OpenAPI description that calls need a key, where they do.</summary>
internal sealed class DescribedKeys : IOpenApiDocumentTransformer
{
    private const string Name = "key";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new OpenApiComponents();
        document.AddComponent(Name, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of MedGemma:Serving:ApiKeys." });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Name, document)] = [] }];
        return Task.CompletedTask;
    }
}
