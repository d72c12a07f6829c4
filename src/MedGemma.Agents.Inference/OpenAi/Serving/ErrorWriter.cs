using System.Globalization;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.OpenAi.Protocol;
using Microsoft.AspNetCore.Http;

namespace MedGemma.Agents.Inference.OpenAi.Serving;

/// <summary>Says failures in the protocol's words.</summary>
internal static class ErrorWriter
{
    public static (int Status, ProtocolError Error) Of(InferenceException failure) => failure switch
    {
        RequestRefusedException refused => (StatusCodes.Status400BadRequest, new ProtocolError(refused.Message, ProtocolError.InvalidRequest, refused.Parameter, null)),
        ContextOverflowException overflow => (StatusCodes.Status400BadRequest, new ProtocolError(overflow.Message, ProtocolError.InvalidRequest, "messages", ProtocolError.Overflow)
        {
            PromptTokens = overflow.PromptTokens, RequestedTokens = overflow.RequestedTokens, ContextLength = overflow.ContextLength,
        }),
        ModelBusyException busy => (StatusCodes.Status429TooManyRequests, new ProtocolError(busy.Message, ProtocolError.RateLimit, null, ProtocolError.Busy) { RetryAfterSeconds = busy.RetryAfter.TotalSeconds }),
        ModelFailedException => (StatusCodes.Status500InternalServerError, new ProtocolError("The model has failed at this request.", ProtocolError.Unavailable, null, ProtocolError.Failed)),
        _ => (StatusCodes.Status503ServiceUnavailable, new ProtocolError("The model is gone.", ProtocolError.Unavailable, null, ProtocolError.Lost)),
    };

    public static async Task WriteAsync(HttpContext context, int status, ProtocolError error)
    {
        context.Response.StatusCode = status;
        if (error.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(seconds)).ToString(CultureInfo.InvariantCulture);

        await context.Response.WriteAsJsonAsync(new ErrorEnvelope(error), ProtocolJson.Default.ErrorEnvelope, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}
