using System.Buffers;
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
        body.Write(ToBytes(first));

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

                body.Write(ToBytes(rest.Current));
                next = rest.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator may not be disposed while it moves; the client is gone then, and the same token ends the move.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static byte[] ToBytes(SessionEvent happened) => happened switch
    {
        PlannedEvent planned => Frame("planned", planned.QueriesJson),
        QueriedEvent queried => Frame("queried", queried.ResultJson),
        ClaimedEvent claimed => Frame("claim", claimed.ClaimJson),
        AnsweredEvent answered => Frame("answered", ToJson(answered)),
        FailedEvent failed => Frame("failed", ToJson(failed)),
        _ => throw new InvalidOperationException("Not a session event."),
    };

    // JSON text holds no line break, so that one data line is enough.
    private static byte[] Frame(string name, string json) => Encoding.UTF8.GetBytes($"event: {name}\ndata: {json}\n\n");

    private static string ToJson(AnsweredEvent answered) => Write(writer =>
    {
        writer.WriteNumber("turn", answered.Turn);
        writer.WriteBoolean("replayed", answered.Replayed);
        writer.WritePropertyName("answer");
        writer.WriteRawValue(answered.AnswerJson, skipInputValidation: true);
    });

    private static string ToJson(FailedEvent failed) => Write(writer =>
    {
        writer.WriteString("type", Problems.TypeOf(failed.Problem));
        writer.WriteString("title", Problems.TitleOf(failed.Problem));
        writer.WriteNumber("status", Problems.StatusOf(failed.Problem));
        if (failed.Turn is { } turn)
            writer.WriteNumber("turn", turn);
    });

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
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
