using System.Text;
using System.Threading.Channels;
using System.Buffers;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Sessions.Events;

namespace MedGemma.Agents.Sessions.Grains;

/// <summary>Turns the steps of an answer into events. Unbounded is right: a turn has as many as it has queries and claims.</summary>
internal sealed class ChannelAnswerObserver(ChannelWriter<SessionEvent> events) : IAnswerObserver
{
    public ValueTask PlannedAsync(IReadOnlyList<RecordQuery> queries, CancellationToken cancellationToken) =>
        events.WriteAsync(new PlannedEvent(Encoding.UTF8.GetString(QueryResultJson.WriteQueries(queries))), cancellationToken);

    public ValueTask QueriedAsync(QueryResult result, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            QueryResultJson.Write(writer, result);

        return events.WriteAsync(new QueriedEvent(Encoding.UTF8.GetString(buffer.WrittenSpan)), cancellationToken);
    }

    // Who took part is shown with the answer.
    public ValueTask ModelCalledAsync(AgentWork agent, ModelCall call) => ValueTask.CompletedTask;

    public ValueTask ClaimedAsync(Claim claim, CancellationToken cancellationToken) =>
        events.WriteAsync(new ClaimedEvent(Encoding.UTF8.GetString(AnswerJson.ToUtf8(claim))), cancellationToken);
}
