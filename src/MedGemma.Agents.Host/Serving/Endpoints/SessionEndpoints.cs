using System.Security.Claims;
using System.Text.Json;
using MedGemma.Agents.Host.Serving.Messages;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Grains;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving.Endpoints;

/// <summary>Creating, reading and ending sessions, and reporting their answers.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/sessions").WithTags("Sessions").ProducesCallerProblems().ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapPost("/", CreateAsync).WithSummary("Creates a session about one patient.").ProducesBodyProblems();
        sessions.MapGet("/{id}", GetAsync).WithSummary("A session with its turns.");
        sessions.MapDelete("/{id}", DeleteAsync).WithSummary("Ends a session.").ProducesProblem(StatusCodes.Status409Conflict);
        sessions.MapPost("/{id}/turns/{number:int}/cancel", CancelAsync).WithSummary("Stops the turn that runs.");
        sessions.MapPost("/{id}/turns/{number:int}/report-wrong", ReportWrongAsync).WithSummary("Reports an answer as wrong.").ProducesBodyProblems();
    }

    private static async Task<Results<Created<CreateSessionResponse>, ProblemHttpResult>> CreateAsync(
        CreateSessionRequest request, ClaimsPrincipal user, IGrainFactory grains)
    {
        if (string.IsNullOrEmpty(request.Patient))
            return Problems.Invalid("patient is missing: the logical id of the patient that the session is about.");

        if (request.Patient.Length > PatientEndpoints.LongestId)
            return Problems.PatientUnknown();

        var given = user.ToRole();
        if (given != AskerRole.Unknown && request.Role is { } asked && asked != given)
            return Problems.Invalid("role is not the one that the user was given.");

        var key = SessionKey.Create();
        var problem = await grains.GetGrain<IPatientSessionGrain>(key)
            .CreateAsync(user.ToCaller(), request.Patient, request.Role ?? given).ConfigureAwait(false);
        return problem == SessionProblem.None
            ? TypedResults.Created($"/sessions/{key}", new CreateSessionResponse(key))
            : Problems.Of(problem);
    }

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> GetAsync(string id, ClaimsPrincipal user, IGrainFactory grains)
    {
        if (!SessionKey.IsWellFormed(id))
            return Problems.Of(SessionProblem.NotFound);

        return await grains.GetGrain<IPatientSessionGrain>(id).GetAsync(user.ToCaller()).ConfigureAwait(false) is { } session
            ? TypedResults.Ok(new SessionResponse(session.Key, session.PatientId, session.Role, session.CreatedAt, [.. session.Turns.Select(ToResponse)]))
            : Problems.Of(SessionProblem.NotFound);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, ClaimsPrincipal user, IGrainFactory grains)
    {
        var problem = SessionKey.IsWellFormed(id)
            ? await grains.GetGrain<IPatientSessionGrain>(id).DeleteAsync(user.ToCaller()).ConfigureAwait(false)
            : SessionProblem.NotFound;
        return problem == SessionProblem.None ? TypedResults.NoContent() : Problems.Of(problem);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(string id, int number, ClaimsPrincipal user, IGrainFactory grains)
    {
        var problem = SessionKey.IsWellFormed(id)
            ? await grains.GetGrain<IPatientSessionGrain>(id).CancelAsync(user.ToCaller(), number).ConfigureAwait(false)
            : SessionProblem.NotFound;
        return problem == SessionProblem.None ? TypedResults.NoContent() : Problems.Of(problem);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReportWrongAsync(
        string id, int number, ReportWrongRequest request, ClaimsPrincipal user, IGrainFactory grains, IOptions<ServingOptions> options)
    {
        var comment = request.Comment ?? "";
        if (comment.Length > options.Value.MaxQuestionLength)
            return Problems.Invalid("comment is too long.");

        var problem = SessionKey.IsWellFormed(id)
            ? await grains.GetGrain<IPatientSessionGrain>(id).ReportWrongAsync(user.ToCaller(), number, comment).ConfigureAwait(false)
            : SessionProblem.NotFound;
        return problem == SessionProblem.None ? TypedResults.NoContent() : Problems.Of(problem);
    }

    private static TurnResponse ToResponse(TurnView turn)
    {
        JsonElement? answer = null;
        if (turn.AnswerJson is { } json)
        {
            using var document = JsonDocument.Parse(json);
            answer = document.RootElement.Clone();
        }

        return new TurnResponse(turn.Number, turn.Question, turn.AsOf, turn.Status, answer, turn.StartedAt, turn.FinishedAt);
    }
}
