using System.Globalization;
using System.Net;
using System.Text.Json;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.OpenAi.Protocol;

namespace MedGemma.Agents.Inference.OpenAi.Client;

/// <summary>Makes failures of a server's errors. A server that is not ours may quote the request in its message, so only our own server's words are kept.</summary>
internal static class ErrorReader
{
    public static InferenceException Failure(HttpResponseMessage response, string body, OpenAiChatClientOptions options)
    {
        var error = Parse(body);
        if (error?.Code is not null && Known(error, options.DefaultRetryAfter) is { } known)
            return known;

        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new ModelBusyException(response.Headers.RetryAfter?.Delta ?? options.DefaultRetryAfter),
            HttpStatusCode.ServiceUnavailable when response.Headers.RetryAfter?.Delta is { } delay => new ModelBusyException(delay),

            // What stands between says that nobody is behind it; llama-server says so itself while it loads a model.
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => new ModelLostException(Said(response)),
            >= HttpStatusCode.InternalServerError => new ModelFailedException(Said(response)),
            _ => new RequestRefusedException(error?.Param ?? "request", (options.SpeaksExtensions ? error?.Message : null) ?? Said(response)),
        };
    }

    /// <summary>The failure that an error within a stream means.</summary>
    public static InferenceException Failure(ProtocolError error) =>
        Known(error, TimeSpan.FromSeconds(1)) ?? new ModelFailedException("The server broke off its answer with an error.");

    private static InferenceException? Known(ProtocolError error, TimeSpan defaultRetryAfter) => error switch
    {
        { Code: ProtocolError.Overflow, PromptTokens: { } prompt, RequestedTokens: { } requested, ContextLength: { } length } => new ContextOverflowException(prompt, requested, length),
        { Code: ProtocolError.Busy } => new ModelBusyException(error.RetryAfterSeconds is { } seconds and >= 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : defaultRetryAfter),
        { Code: ProtocolError.Failed } => new ModelFailedException("The server's model has failed at the request."),
        { Code: ProtocolError.Lost } => new ModelLostException("The server has lost the model."),
        _ => null,
    };

    private static string Said(HttpResponseMessage response) => string.Create(CultureInfo.InvariantCulture, $"The server answered {(int)response.StatusCode}.");

    private static ProtocolError? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ProtocolJson.Default.ErrorEnvelope)?.Error;
        }
        catch (JsonException)
        {
            // A proxy's page, or a server with errors of its own: the status has to do.
            return null;
        }
    }
}
