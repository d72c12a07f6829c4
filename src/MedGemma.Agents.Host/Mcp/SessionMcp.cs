using System.Security.Cryptography;
using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Records;
using ModelContextProtocol.Server;

namespace MedGemma.Agents.Host.Mcp;

/// <summary>
/// MCP over streamable HTTP at <c>/sessions/{id}/mcp</c> (<see href="https://modelcontextprotocol.io/specification"/>), behind the same keys, rates and sessions as
/// everything else. Stateless: every request is authorized anew against the session, whose patient is the only one that its tools can reach.
/// </summary>
internal static class SessionMcp
{
    private const string Route = "/sessions/{id}/mcp";
    private const int LargestBeginning = 10_000_000;
    private static readonly object s_patient = new();

    /// <summary>Registers the server.</summary>
    public static void AddSessionMcp(this IServiceCollection services)
    {
        services.AddSingleton(provider => new FoundBySession(provider.GetRequiredService<TimeProvider>(), () => RandomNumberGenerator.GetInt32(1, LargestBeginning)));
        services.AddMcpServer().WithHttpTransport(transport =>
        {
            transport.Stateless = true;
            transport.ConfigureSessionOptions = (context, options, _) =>
            {
                Configure(context, options);
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>Answers requests about sessions that are not the caller's; belongs behind authorization.</summary>
    public static void UseSessionMcp(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Endpoint>() is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var id = context.GetRouteValue("id") as string ?? "";
        var patient = SessionKey.IsWellFormed(id)
            ? await context.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IPatientSessionGrain>(id).UseToolsAsync(context.User.ToCaller()).ConfigureAwait(false)
            : null;
        if (patient is null)
        {
            await Problems.Of(SessionProblem.NotFound).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        context.Items[s_patient] = patient;
        await next(context).ConfigureAwait(false);
    });

    /// <summary>Maps the endpoint.</summary>
    public static void MapSessionMcp(this IEndpointRouteBuilder routes) => routes.MapMcp(Route).WithMetadata(new Endpoint());

    private static void Configure(HttpContext context, McpServerOptions options)
    {
        var services = context.RequestServices;
        var patient = (string)(context.Items[s_patient] ?? throw new InvalidOperationException("An MCP request that was not authorized."));
        var (records, source, clock, zone, ordering) = (
            services.GetRequiredService<RecordCache>(),
            services.GetRequiredService<NamedRecordSource>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<TimeZoneInfo>(),
            services.GetRequiredService<ResourceOrdering>());

        // What earlier requests of the session found: its key is random, and only its user got here.
        var found = services.GetRequiredService<FoundBySession>().Of((string)context.GetRouteValue("id")!);
        RecordToolServer.Configure(
            options,
            services.GetRequiredService<IReadOnlyList<IRecordTool>>(),
            async cancellationToken => (await records.GetAsync(source, patient, RecordCache.FullGrant, cancellationToken).ConfigureAwait(false))?.Record,
            found,
            () => new QueryContext(clock.GetUtcNow(), zone) { Ordering = ordering });
    }

    private sealed class Endpoint;
}
