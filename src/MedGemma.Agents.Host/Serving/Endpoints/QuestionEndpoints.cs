using System.Globalization;
using System.Security.Claims;
using MedGemma.Agents.Host.Serving.Messages;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Sessions.Events;
using MedGemma.Agents.Sessions.Grains;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving.Endpoints;

/// <summary>Putting a question; the answer is a stream of events.</summary>
internal static class QuestionEndpoints
{
    private const int LongestKey = 128;
    private static readonly string[] s_instants =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public static void MapQuestions(this IEndpointRouteBuilder routes) => routes
        .MapPost("/sessions/{id}/questions", AskAsync)
        .WithTags("Sessions")
        .WithSummary("Puts a question; answers as Server-Sent Events: planned, queried, claim, then answered or failed.")
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesCallerProblems()
        .ProducesBodyProblems()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> AskAsync(
        string id,
        AskRequest request,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        ClaimsPrincipal user,
        IGrainFactory grains,
        IOptions<ServingOptions> options,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Question))
            return Problems.Invalid("question is missing.");

        if (request.Question.Length > options.Value.MaxQuestionLength)
            return Problems.Invalid("question is too long.");

        if (idempotencyKey is { } key && (key.Length is 0 or > LongestKey || !key.All(char.IsAscii) || key.Any(char.IsControl)))
            return Problems.Invalid("Idempotency-Key must be 1 to 128 visible ASCII characters.");

        if (!TryReadInstant(request.AsOf, out var asOf))
            return Problems.Invalid("asOf must be an ISO 8601 instant with an offset, for example 2026-03-04T05:06:07Z.");

        if (!SessionKey.IsWellFormed(id))
            return Problems.Of(SessionProblem.NotFound);

        var events = grains.GetGrain<IPatientSessionGrain>(id)
            .AskAsync(user.ToCaller(), new SessionQuestion(request.Question, asOf, idempotencyKey), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        try
        {
            // What refuses a turn before it begins is known from the first event, while the status can still say so.
            if (!await events.MoveNextAsync().ConfigureAwait(false))
                throw new InvalidOperationException("A turn ended without a last event.");

            var first = events.Current;
            if (first is FailedEvent { Turn: null } refused)
            {
                await events.DisposeAsync().ConfigureAwait(false);
                return Problems.Of(refused.Problem);
            }

            return new SessionEventStream(first, events, options.Value.Heartbeat, clock);
        }
        catch
        {
            await events.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static bool TryReadInstant(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrEmpty(text))
            return true;

        // Without an offset the instant would depend on this machine's zone.
        var zoned = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        if (!zoned || !DateTimeOffset.TryParseExact(text, s_instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) || read.Year is <= 1000 or >= 9000)
            return false;

        instant = read;
        return true;
    }
}
