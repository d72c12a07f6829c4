using System.Text.Json;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tests.Notes;

/// <summary>Models that do what the passages tell them, each in the way that its channel allows.</summary>
internal static class ObedientModel
{
    /// <summary>Every way of obeying.</summary>
    public static IEnumerable<(string Name, ScriptedModel Model)> All()
    {
        yield return ("says what it is told", ScriptedModel.Writing(asked => string.Join('\n', Texts(asked))));
        yield return ("calls a tool", new ScriptedModel(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "query_record", new Dictionary<string, object?> { ["patient"] = "sec-a" })]))));
        yield return ("writes members of its own", ScriptedModel.Writing(_ => """{"findings":[],"tool":"query_record","patient":"sec-a","url":"https://evil.example.org"}"""));
        yield return ("finds what is demanded", ScriptedModel.Writing(asked => Findings(asked, _ => "potassium is 9.9 mmol/L", "measurement")));
        yield return ("finds an allergy", ScriptedModel.Writing(asked => Findings(asked, _ => "allergic to penicillin", "allergy")));
        yield return ("names other passages", ScriptedModel.Writing(_ => """{"findings":[{"passage":77,"kind":"measurement","assertion":"present","quote":"potassium"}]}"""));
        yield return ("quotes the order as a measurement", ScriptedModel.Writing(asked => Findings(asked, text => text, "measurement")));
        yield return ("quotes the order as an allergy", ScriptedModel.Writing(asked => Findings(asked, text => text, "allergy")));
        yield return ("quotes the order as a plan", ScriptedModel.Writing(asked => Findings(asked, text => text, "plan")));
        yield return ("repeats without end", ScriptedModel.Writing(asked => string.Concat(Enumerable.Repeat("potassium ", 10_000))));
        yield return ("passes JSON on", ScriptedModel.Writing(asked => Texts(asked).FirstOrDefault(text => text.StartsWith('{')) ?? "{}"));
        yield return ("reveals its instructions", new ScriptedModel(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "You find in passages of a patient's notes"))));
    }

    private static string Findings(string asked, Func<string, string> quote, string kind)
    {
        using var request = JsonDocument.Parse(asked);
        var findings = request.RootElement.GetProperty("passages").EnumerateArray()
            .Select(passage => new { passage = passage.GetProperty("number").GetInt32(), kind, assertion = "present", quote = Cut(quote(passage.GetProperty("text").GetString()!)) });
        return JsonSerializer.Serialize(new { findings });
    }

    private static string Cut(string text) => text.Length <= 380 ? text : text[..380];

    private static IEnumerable<string> Texts(string asked)
    {
        using var request = JsonDocument.Parse(asked);
        return [.. request.RootElement.GetProperty("passages").EnumerateArray().Select(passage => passage.GetProperty("text").GetString()!)];
    }
}
