using System.Text.Json;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;

namespace MedGemma.Agents.Evaluation.AgentTasks.Performing;

/// <summary>One reply of a model that performs a task; closed.</summary>
internal abstract record ModelReply
{
    private const string ThoughtBegin = "<unused94>thought";
    private const string ThoughtEnd = "<unused95>";

    private ModelReply()
    {
    }

    /// <summary>Reads a reply strictly: one JSON object with one known kind of content, a code fence round it at most.</summary>
    /// <param name="text">The reply, thinking included where the model's server leaves it in.</param>
    /// <param name="patient">Logical id of the patient that orders must be for.</param>
    public static ModelReply Read(string text, string patient)
    {
        var end = text.LastIndexOf(ThoughtEnd, StringComparison.Ordinal);
        if (end < 0 && text.Contains(ThoughtBegin, StringComparison.Ordinal))
            return Broken("the thinking was cut off");

        var reply = (end < 0 ? text : text[(end + ThoughtEnd.Length)..]).Trim();
        if (reply.StartsWith("```", StringComparison.Ordinal) && reply.EndsWith("```", StringComparison.Ordinal) && reply.IndexOf('\n') is var first and > 0)
            reply = reply[first..^3];

        try
        {
            using var document = JsonDocument.Parse(reply);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement, patient) : Broken("a reply is no JSON object");
        }
        catch (JsonException)
        {
            return Broken("a reply is no JSON object");
        }
    }

    private static ModelReply Read(JsonElement reply, string patient)
    {
        if (Text(reply, "ask") is { } question)
            return new Asks(question);

        if (Text(reply, "unsure") is not null)
            return new Ended(new TaskAnswer.Unsure("the model left it open"));

        if (reply.TryGetProperty("none", out var none) && none.ValueKind == JsonValueKind.True)
            return new Ended(new TaskAnswer.None());

        if (reply.TryGetProperty("no_order", out var nothing) && nothing.ValueKind == JsonValueKind.True)
            return new Ended(new TaskAnswer.NoOrder());

        if (reply.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var amount))
            return References(reply) is { } evidence ? new Ended(new TaskAnswer.Value(amount, Text(reply, "unit"), Text(reply, "time"), evidence)) : Broken("evidence is no list of texts");

        return reply.TryGetProperty("orders", out var orders) && orders.ValueKind == JsonValueKind.Array ? Orders(orders, patient) : Broken("a reply of no known kind");
    }

    private static Ended Orders(JsonElement orders, string patient)
    {
        var drafts = new List<DraftOrder>();
        foreach (var order in orders.EnumerateArray())
        {
            switch (FhirDraft.Read(order, patient))
            {
                case DraftReading.Draft draft:
                    drafts.Add(draft.Order);
                    break;
                case DraftReading.Refused refused:
                    return Broken(refused.Problem);
            }
        }

        return new Ended(new TaskAnswer.Orders(drafts));
    }

    private static string? Text(JsonElement reply, string name) => reply.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string>? References(JsonElement reply)
    {
        if (!reply.TryGetProperty("evidence", out var evidence))
            return [];

        return evidence.ValueKind == JsonValueKind.Array && evidence.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. evidence.EnumerateArray().Select(item => item.GetString()!)]
            : null;
    }

    private static Ended Broken(string problem) => new(new TaskAnswer.Unreadable(problem));

    /// <summary>Asks the chart.</summary>
    /// <param name="Question">The question.</param>
    public sealed record Asks(string Question) : ModelReply;

    /// <summary>Ends the task.</summary>
    /// <param name="Answer">With this.</param>
    public sealed record Ended(TaskAnswer Answer) : ModelReply;
}
