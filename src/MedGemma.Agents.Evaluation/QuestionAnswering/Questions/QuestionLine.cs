using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>Reads one question line strictly: a known member of the wrong type makes the line malformed, an unknown member is passed over.</summary>
internal static class QuestionLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="json">The line.</param>
    /// <param name="line">Its number.</param>
    /// <exception cref="FormatException">What is wrong, without the line's content.</exception>
    public static EvaluationQuestion Read(JsonElement json, int line)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new FormatException("not a JSON object");

        return new EvaluationQuestion(
            line,
            Required(json, "id"),
            Required(json, "patient"),
            ReadNow(json),
            ReadAsker(json),
            Optional(json, "template"),
            Required(json, "question"),
            ReadGold(json));
    }

    private static string Required(JsonElement json, string name) =>
        Optional(json, name) ?? throw new FormatException($"{name} is missing");

    private static string? Optional(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        if (value.ValueKind != JsonValueKind.String)
            throw new FormatException($"{name} is not a string");

        try
        {
            var text = value.GetString()!;
            return string.IsNullOrWhiteSpace(text) ? throw new FormatException($"{name} is empty") : text;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape is valid JSON and no text.
            throw new FormatException($"{name} is not Unicode text");
        }
    }

    private static AskedAt? ReadNow(JsonElement json)
    {
        if (Optional(json, "now") is not { } text)
            return null;

        using var quoted = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(text));
        return ScalarValue.From(quoted.RootElement) switch
        {
            InstantScalar instant => new AskedAt.Instant(instant.Moment),
            LocalTimeScalar local => new AskedAt.OnTheRecordsClock(local.Local),
            DateScalar date => new AskedAt.OnTheRecordsClock(date.Day.ToDateTime(TimeOnly.MinValue)),
            _ => throw new FormatException("now is not a date or an instant"),
        };
    }

    private static AskerRole ReadAsker(JsonElement json) => Optional(json, "perspective") switch
    {
        null => AskerRole.Unknown,
        "clinical" => AskerRole.Clinician,
        "patient" => AskerRole.Patient,
        _ => throw new FormatException("perspective is neither clinical nor patient"),
    };

    private static GoldAnswer? ReadGold(JsonElement json)
    {
        var status = ReadStatus(json);
        var values = ReadArray(json, "answer", ReadValue);
        var evidence = ReadArray(json, "evidence", ReadReference)?.ToHashSet(StringComparer.Ordinal);
        return status is null && values is null && evidence is null ? null : new GoldAnswer(status, values, evidence);
    }

    private static AnswerStatus? ReadStatus(JsonElement json) => Optional(json, "status") switch
    {
        null => null,
        "answered" => AnswerStatus.Answered,
        "none_recorded" => AnswerStatus.NoneRecorded,
        "unsure" => AnswerStatus.Unsure,
        _ => throw new FormatException("status is none of answered, none_recorded, unsure"),
    };

    private static List<T>? ReadArray<T>(JsonElement json, string name, Func<JsonElement, T> read)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(read)]
            : throw new FormatException($"{name} is not an array");
    }

    private static GoldValue ReadValue(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object)
            return ReadPeriod(json);

        return ReadScalar(json) is { } scalar
            ? new GoldScalar(scalar)
            : throw new FormatException("answer holds something that is neither string, number, boolean nor Period");
    }

    private static GoldPeriod ReadPeriod(JsonElement json)
    {
        var start = json.TryGetProperty("start", out var from) ? ReadScalar(from) : null;
        var end = json.TryGetProperty("end", out var to) ? ReadScalar(to) : null;
        return start is null && end is null
            ? throw new FormatException("answer holds an object that is no Period")
            : new GoldPeriod(start, end);
    }

    private static ScalarValue? ReadScalar(JsonElement json)
    {
        try
        {
            return ScalarValue.From(json);
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("answer is not Unicode text");
        }
    }

    private static string ReadReference(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && ResourceKey.TryParse(json.GetString(), out var key)
            ? key.ToString()
            : throw new FormatException("evidence holds something that is no Type/id reference");
}
