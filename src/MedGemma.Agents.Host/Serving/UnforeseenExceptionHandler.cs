using MedGemma.Agents.Sessions.Telemetry;
using Microsoft.AspNetCore.Diagnostics;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Answers what nobody foresaw with a problem, and logs its type, code and stack: a message may quote a record.</summary>
internal sealed partial class UnforeseenExceptionHandler(IProblemDetailsService problems, ILogger<UnforeseenExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return true;

        var status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        if (status == StatusCodes.Status500InternalServerError)
            LogUnforeseen(LoggedFailure.NameOf(exception), exception.StackTrace ?? "");

        httpContext.Response.StatusCode = status;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = { Status = status } }).ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed with {ExceptionType} at {Stack}")]
    private partial void LogUnforeseen(string exceptionType, string stack);
}
