using System.Buffers;
using System.Security.Claims;
using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.OpenAi.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Agents.Inference.OpenAi.Serving;

/// <summary>Serves chat clients by the OpenAI chat API.</summary>
public static class OpenAiEndpoints
{
    /// <summary>
    /// Maps <c>POST /v1/chat/completions</c> and <c>GET /v1/models</c>. A client that goes away cancels its request. Who may call is for the caller to decide.
    /// </summary>
    /// <param name="endpoints">Where to.</param>
    /// <param name="models">The models at the time of a request.</param>
    /// <param name="limit">Makes of what a caller asks what the caller may; null when every caller may everything.</param>
    /// <returns>Both endpoints, to be protected.</returns>
    public static IEndpointConventionBuilder MapOpenAi(
        this IEndpointRouteBuilder endpoints, Func<IReadOnlyList<ServedModel>> models, Func<ClaimsPrincipal, InferenceChatOptions, InferenceChatOptions>? limit = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(models);
        var group = endpoints.MapGroup("/v1");
        group.MapGet("/models", (HttpContext context) => ListAsync(context, models()));
        group.MapPost("/chat/completions", (HttpContext context) => CompleteAsync(context, models(), limit));
        return group;
    }

    private static Task ListAsync(HttpContext context, IReadOnlyList<ServedModel> models) => context.Response.WriteAsJsonAsync(
        new ModelList("list", [.. models.Select(model => new ModelEntry(model.Info.Model, "model", 0, ModelEntry.Ours)
        {
            ContextLength = model.Info.ContextLength, Images = model.Info.Images, Thinking = model.Info.Thinking, Adapters = model.Info.Adapters,
            Files = model.Info.Files.Count == 0 ? null : [.. model.Info.Files.Select(ProtocolFiles.Entry)],
        })]),
        ProtocolJson.Default.ModelList,
        cancellationToken: context.RequestAborted);

    private static async Task CompleteAsync(HttpContext context, IReadOnlyList<ServedModel> models, Func<ClaimsPrincipal, InferenceChatOptions, InferenceChatOptions>? limit)
    {
        try
        {
            await AnswerAsync(context, models, limit).ConfigureAwait(false);
        }
        catch (InferenceException failure) when (!context.Response.HasStarted)
        {
            var (status, error) = ErrorWriter.Of(failure);
            await ErrorWriter.WriteAsync(context, status, error).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
    }

    private static async Task AnswerAsync(HttpContext context, IReadOnlyList<ServedModel> models, Func<ClaimsPrincipal, InferenceChatOptions, InferenceChatOptions>? limit)
    {
        var request = await ReadAsync(context).ConfigureAwait(false);
        if (models.FirstOrDefault(model => model.Info.Model == request.Model) is not { } served)
        {
            await ErrorWriter.WriteAsync(context, StatusCodes.Status404NotFound, new ProtocolError("There is no such model; GET /v1/models lists those there are.", ProtocolError.InvalidRequest, "model", ProtocolError.UnknownModel)).ConfigureAwait(false);
            return;
        }

        var (messages, options) = CompletionRequestReader.Read(request, (context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow());
        if (limit is not null)
            options.WithInference(limit(context.User, options.Inference()));

        var updates = served.Client.GetStreamingResponseAsync(messages, options, context.RequestAborted);
        if (request.Stream != true)
        {
            var all = await updates.ToListAsync(context.RequestAborted).ConfigureAwait(false);
            await context.Response.WriteAsJsonAsync(CompletionWriter.Whole(all), ProtocolJson.Default.Completion, cancellationToken: context.RequestAborted).ConfigureAwait(false);
            return;
        }

        await StreamAsync(context, updates, request.StreamOptions?.IncludeUsage == true).ConfigureAwait(false);
    }

    private static async Task<CompletionRequest> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, ProtocolJson.Default.CompletionRequest, context.RequestAborted).ConfigureAwait(false)
                ?? throw new RequestRefusedException("body", "The body must be a JSON object.");
        }
        catch (JsonException malformed)
        {
            // Where it is, and not what stands there: that may be a patient's.
            var place = string.IsNullOrEmpty(malformed.Path) ? "the body" : malformed.Path;
            throw new RequestRefusedException("body", $"The body is not the JSON expected: see {place}.", malformed);
        }
    }

    // The first update is awaited before the status is sent, so that what fails before it has a status of its own.
    private static async Task StreamAsync(HttpContext context, IAsyncEnumerable<ChatResponseUpdate> updates, bool usage)
    {
        var writer = new CompletionWriter();
        try
        {
            await foreach (var update in updates.ConfigureAwait(false))
            {
                if (!context.Response.HasStarted)
                    Begin(context);

                foreach (var chunk in writer.Chunks(update, usage))
                    Write(context, JsonSerializer.SerializeToUtf8Bytes(chunk, ProtocolJson.Default.Completion));

                await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }

            Write(context, "[DONE]"u8);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (InferenceException failure) when (context.Response.HasStarted)
        {
            Write(context, JsonSerializer.SerializeToUtf8Bytes(new ErrorEnvelope(ErrorWriter.Of(failure).Error), ProtocolJson.Default.ErrorEnvelope));
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static void Write(HttpContext context, ReadOnlySpan<byte> data)
    {
        var body = context.Response.BodyWriter;
        body.Write("data: "u8);
        body.Write(data);
        body.Write("\n\n"u8);
    }
}
