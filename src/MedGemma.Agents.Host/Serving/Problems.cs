using MedGemma.Agents.Sessions.Grains;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MedGemma.Agents.Host.Serving;

/// <summary>RFC 9457 problems; their words are fixed and never quote a request or a record.</summary>
internal static class Problems
{
    private const string TypePrefix = "urn:medgemma:problem:";

    public static ProblemHttpResult Invalid(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The request is not valid.", type: TypePrefix + "invalid");

    /// <summary>Says what to do about problems that the framework finds before an endpoint is reached.</summary>
    public static void Explain(Microsoft.AspNetCore.Mvc.ProblemDetails problem) => problem.Detail ??= problem.Status switch
    {
        StatusCodes.Status400BadRequest => "The body is not the JSON that this call takes; /openapi/v1.json describes it.",
        StatusCodes.Status413PayloadTooLarge => "The body is longer than MedGemma:Serving:MaxRequestBytes allows.",
        StatusCodes.Status415UnsupportedMediaType => "Send the body as Content-Type: application/json.",
        _ => null,
    };

    public static ProblemHttpResult TooManyRequests() => TypedResults.Problem(
        statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests; wait as Retry-After says.", type: TypePrefix + "too-many-requests");

    public static ProblemHttpResult PatientUnknown() => Of(SessionProblem.PatientUnknown);

    public static ProblemHttpResult Of(SessionProblem problem) =>
        TypedResults.Problem(statusCode: StatusOf(problem), title: TitleOf(problem), type: TypeOf(problem));

    public static string TypeOf(SessionProblem problem) => TypePrefix + problem switch
    {
        SessionProblem.NotFound => "session-not-found",
        SessionProblem.Busy => "busy",
        SessionProblem.AlreadyExists => "already-exists",
        SessionProblem.PatientUnknown => "patient-unknown",
        SessionProblem.KeyReused => "idempotency-key-reused",
        SessionProblem.TurnUnknown => "turn-not-found",
        SessionProblem.TimedOut => "timed-out",
        SessionProblem.Cancelled => "cancelled",
        SessionProblem.Internal => "internal",
        SessionProblem.ServerStopped => "server-stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem."),
    };

    public static string TitleOf(SessionProblem problem) => problem switch
    {
        SessionProblem.NotFound => "There is no such session.",
        SessionProblem.Busy => "A question of this session is still being answered; ask again when it is done.",
        SessionProblem.AlreadyExists => "There is such a session already.",
        SessionProblem.PatientUnknown => "There is no such patient.",
        SessionProblem.KeyReused => "The Idempotency-Key was used for another question.",
        SessionProblem.TurnUnknown => "The session has no such turn, or it does not run any more, or has not finished yet.",
        SessionProblem.TimedOut => "The question took too long and was stopped; nothing is known from it.",
        SessionProblem.Cancelled => "The question was stopped by its user; nothing is known from it.",
        SessionProblem.Internal => "The question failed; nothing is known from it. The log says why.",
        SessionProblem.ServerStopped => "The server stopped before the question was answered; ask again.",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem."),
    };

    public static int StatusOf(SessionProblem problem) => problem switch
    {
        SessionProblem.NotFound or SessionProblem.PatientUnknown or SessionProblem.TurnUnknown => StatusCodes.Status404NotFound,
        SessionProblem.Busy or SessionProblem.AlreadyExists or SessionProblem.Cancelled => StatusCodes.Status409Conflict,
        SessionProblem.KeyReused => StatusCodes.Status422UnprocessableEntity,
        SessionProblem.TimedOut => StatusCodes.Status504GatewayTimeout,
        SessionProblem.Internal => StatusCodes.Status500InternalServerError,
        SessionProblem.ServerStopped => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem."),
    };
}
