using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Sessions.Events;

namespace MedGemma.Agents.Host.Serving;

/// <summary>
/// Writes session events as Server-Sent Events (<see href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>): <c>planned</c>,
/// <c>queried</c>, <c>claim</c>, then <c>answered</c> or <c>failed</c>; a comment when nothing happens for a while, so that no proxy gives up.
/// </summary>
internal sealed class SessionEventStream(SessionEvent first, IAsyncEnumerator<SessionEvent> rest, TimeSpan heartbeat, TimeProvider clock) : IResult
{
    private static readonly byte[] s_heartbeat = ": working\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var _ = rest.ConfigureAwait(false);
        var response = httpContext.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers["X-Accel-Buffering"] = "no";
        var cancellationToken = httpContext.RequestAborted;
        var body = response.BodyWriter;
        Write(body, first);

        var next = rest.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                // Events that are there together leave together.
                if (!next.IsCompleted)
                    await body.FlushAsync(cancellationToken).ConfigureAwait(false);

                if (!await HappensWithinAsync(next, cancellationToken).ConfigureAwait(false))
                {
                    body.Write(s_heartbeat);
                    continue;
                }

                if (!await next.ConfigureAwait(false))
                {
                    // The client need not wait until the grain has let go of the stream.
                    await response.CompleteAsync().ConfigureAwait(false);
                    return;
                }

                Write(body, rest.Current);
                next = rest.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator may not be disposed while it moves; the client is gone then, and the same token ends the move.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void Write(IBufferWriter<byte> body, SessionEvent happened)
    {
        switch (happened)
        {
            case PlannedEvent planned:
                WriteFrame(body, "planned"u8, planned.QueriesJson);
                break;
            case QueriedEvent queried:
                WriteFrame(body, "queried"u8, queried.ResultJson);
                break;
            case ClaimedEvent claimed:
                WriteFrame(body, "claim"u8, claimed.ClaimJson);
                break;
            case AnsweredEvent answered:
                // The answer goes out as it is stored.
                WriteFrame(
                    body,
                    "answered"u8,
                    string.Create(CultureInfo.InvariantCulture, $$"""{"turn":{{answered.Turn}},"replayed":{{(answered.Replayed ? "true" : "false")}},"answer":"""),
                    answered.AnswerJson,
                    "}");
                break;
            case FailedEvent failed:
                WriteFrame(body, "failed"u8, ToJson(failed));
                break;
            default:
                throw new InvalidOperationException("Not a session event.");
        }
    }

    // JSON text holds no line break, so that one data line is enough.
    private static void WriteFrame(IBufferWriter<byte> body, ReadOnlySpan<byte> name, params ReadOnlySpan<string> json)
    {
        body.Write("event: "u8);
        body.Write(name);
        body.Write("\ndata: "u8);
        foreach (var part in json)
            Encoding.UTF8.GetBytes(part, body);

        body.Write("\n\n"u8);
    }

    private static string ToJson(FailedEvent failed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", Problems.TypeOf(failed.Problem));
            writer.WriteString("title", Problems.TitleOf(failed.Problem));
            writer.WriteNumber("status", Problems.StatusOf(failed.Problem));
            if (failed.Turn is { } turn)
                writer.WriteNumber("turn", turn);

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private async Task<bool> HappensWithinAsync(Task<bool> next, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(heartbeat, clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException) when (!next.IsCompleted)
        {
            return false;
        }
    }
}
