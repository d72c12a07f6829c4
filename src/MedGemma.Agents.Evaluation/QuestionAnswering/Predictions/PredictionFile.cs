using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;

/// <summary>
/// Writes prediction lines beside the target and puts them in its place only when they are complete: disposal without
/// <see cref="CommitAsync"/> removes what was written and leaves an earlier file as it was. Not safe for concurrent use.
/// </summary>
internal sealed class PredictionFile : IAsyncDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ReplacementFile _file;
    private readonly ArrayBufferWriter<byte> _line = new();

    private PredictionFile(ReplacementFile file) => _file = file;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where the predictions shall be.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static PredictionFile Create(string path) => new(ReplacementFile.Create(path));

    /// <summary>Writes one line.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task WriteAsync(Prediction prediction, CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        var json = new Utf8JsonWriter(_line, Options);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("id", prediction.Id);
            json.WriteString("status", StatusWord(prediction.Status));
            json.WriteStartArray("values");
            foreach (var value in prediction.Values)
                value.WriteTo(json);

            json.WriteEndArray();
            json.WriteString("unit", prediction.Unit);
            json.WriteString("text", prediction.Text);
            json.WriteStartArray("evidence");
            foreach (var reference in prediction.Evidence)
                json.WriteStringValue(reference);

            json.WriteEndArray();
            json.WriteNumber("latencyMs", prediction.LatencyMs);
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
        await _file.Stream.WriteAsync(_line.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts the written lines in the place of the target.</summary>
    /// <param name="cancellationToken">Cancels before the file is replaced, never halfway.</param>
    public Task CommitAsync(CancellationToken cancellationToken) => _file.CommitAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static string StatusWord(AnswerStatus status) => status switch
    {
        AnswerStatus.Answered => "answered",
        AnswerStatus.NoneRecorded => "none_recorded",
        AnswerStatus.Unsure => "unsure",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
