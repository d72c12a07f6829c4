using System.Security.Claims;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Generation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving.ModelApi;

/// <summary>The models' door for other software: keys, and what a caller may say.</summary>
internal static class ModelApiServices
{
    /// <summary>Reads and checks section <c>MedGemma:ModelApi</c>.</summary>
    /// <exception cref="OptionsValidationException">It cannot be used.</exception>
    public static ModelApiOptions ReadModelApi(this IConfiguration configuration)
    {
        var options = new ModelApiOptions();
        configuration.GetSection(ModelApiOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        var failures = options.Failures().ToList();
        return failures.Count == 0 ? options : throw new OptionsValidationException(Options.DefaultName, typeof(ModelApiOptions), failures);
    }

    /// <summary>Adds the scheme beside any other.</summary>
    public static void AddModelApi(this IServiceCollection services, ModelApiOptions options)
    {
        services.AddSingleton(options);

        // As in ServingAccess: without data protection, which would write keys into the home folder.
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, ModelApiKeyHandler>(ModelApiKeyHandler.SchemeName, null);
        services.AddAuthorization();
    }

    /// <summary>Lets only callers of the scheme in.</summary>
    public static IEndpointConventionBuilder ForModelApi(this IEndpointConventionBuilder endpoints, ModelApiOptions options)
    {
        endpoints.RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = ModelApiKeyHandler.SchemeName });
        return endpoints.WithMetadata(new RequestSizeLimitAttribute(options.MaxRequestBytes));
    }

    /// <summary>
    /// What a caller's request may say: computed prompts, an agent's own among them, are shared with the same caller only, and a batch program can pass neither for a person nor for one that has waited.
    /// </summary>
    public static InferenceChatOptions Limit(ClaimsPrincipal caller, InferenceChatOptions asked)
    {
        var batchOnly = caller.HasClaim(claim => claim.Type == ModelApiKeyHandler.BatchOnly);
        return asked with
        {
            Prefix = new PrefixHint(asked.Prefix.Scope is { } scope ? Own(caller, scope) : null, asked.Prefix.PinnedMessages, Own(caller, asked.Prefix.PinnedFor)),
            Priority = batchOnly ? GenerationPriority.Batch : asked.Priority,
            Waited = batchOnly ? TimeSpan.Zero : asked.Waited,
        };
    }

    private static string Own(ClaimsPrincipal caller, string? text) => $"{caller.Identity?.Name}\n{text}";
}
