using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Sessions.Replay;

/// <summary>Finds where two runs of a turn part: first what they were made with, then call by call what models read and wrote, then the answer.</summary>
internal static class TurnComparison
{
    private const string Nothing = "nothing";

    // When the record was read is of the run, not of the answer.
    private const string ReadAt = "readAt";

    public static ReplayDifference? Find(ModelWork? stored, ModelWork? now, string storedAnswer, string answerNow)
    {
        if (OfWork(stored ?? new ModelWork([], []), now ?? new ModelWork([], [])) is { } difference)
            return difference;

        using var one = JsonDocument.Parse(storedAnswer);
        using var other = JsonDocument.Parse(answerNow);
        return OfJson("answer", one.RootElement, other.RootElement);
    }

    private static ReplayDifference? OfWork(ModelWork stored, ModelWork now)
    {
        for (var i = 0; i < Math.Min(stored.Agents.Count, now.Agents.Count); i++)
        {
            var (one, other) = (stored.Agents[i], now.Agents[i]);
            var where = $"agent {one.Name}";
            if (First(
                (where, one.Name, other.Name), ($"{where}: hash", one.Hash, other.Hash), ($"{where}: model", one.ModelKey, other.ModelKey),
                ($"{where}: model id", one.ModelId, other.ModelId), ($"{where}: model file", one.ModelFile, ModelFiles.AreSame(one.ModelFile, other.ModelFile) ? one.ModelFile : other.ModelFile), ($"{where}: adapter", one.Adapter, other.Adapter),
                ($"{where}: sampling", $"{one.Temperature.ToString(CultureInfo.InvariantCulture)} {one.Seed} {one.Thinking}", $"{other.Temperature.ToString(CultureInfo.InvariantCulture)} {other.Seed} {other.Thinking}")) is { } difference)
            {
                return difference;
            }
        }

        for (var i = 0; i < Math.Min(stored.Calls.Count, now.Calls.Count); i++)
        {
            var (one, other) = (stored.Calls[i], now.Calls[i]);
            var where = string.Create(CultureInfo.InvariantCulture, $"call {i + 1} of {one.Agent}");
            if (First(
                (where, one.Agent, other.Agent), ($"{where}: prompt", one.Prompt, other.Prompt), ($"{where}: schema", one.Schema, other.Schema),
                ($"{where}: failure", one.Failure, other.Failure), ($"{where}: output", one.Output, other.Output)) is { } difference)
            {
                return difference;
            }
        }

        return First(("number of calls", stored.Calls.Count.ToString(CultureInfo.InvariantCulture), now.Calls.Count.ToString(CultureInfo.InvariantCulture)));
    }

    private static ReplayDifference? First(params ReadOnlySpan<(string Where, string? Stored, string? Now)> pairs)
    {
        foreach (var (where, stored, now) in pairs)
        {
            if (stored != now)
                return new ReplayDifference(where, stored ?? Nothing, now ?? Nothing);
        }

        return null;
    }

    private static ReplayDifference? OfJson(string where, JsonElement stored, JsonElement now)
    {
        if (stored.ValueKind != now.ValueKind)
            return new ReplayDifference(where, stored.GetRawText(), now.GetRawText());

        switch (stored.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in stored.EnumerateObject())
                {
                    // A member that this program does not write any more, or wrote differently named, is a difference of versions, and said as such.
                    if (!now.TryGetProperty(member.Name, out var other))
                        return new ReplayDifference($"{where}.{member.Name}", member.Value.GetRawText(), Nothing);
                    if (member.Name != ReadAt && OfJson($"{where}.{member.Name}", member.Value, other) is { } difference)
                        return difference;
                }

                return null;
            case JsonValueKind.Array:
                for (var i = 0; i < Math.Min(stored.GetArrayLength(), now.GetArrayLength()); i++)
                {
                    if (OfJson(string.Create(CultureInfo.InvariantCulture, $"{where}[{i}]"), stored[i], now[i]) is { } difference)
                        return difference;
                }

                return stored.GetArrayLength() == now.GetArrayLength() ? null : new ReplayDifference($"{where}: number", $"{stored.GetArrayLength()}", $"{now.GetArrayLength()}");
            default:
                return stored.GetRawText() == now.GetRawText() ? null : new ReplayDifference(where, stored.GetRawText(), now.GetRawText());
        }
    }
}
