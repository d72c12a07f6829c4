using System.Text.Json;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>What a planning model wrote; closed.</summary>
internal abstract record PlanOutput
{
    private PlanOutput()
    {
    }

    /// <summary>It asks the record.</summary>
    /// <param name="Calls">At least one call.</param>
    public sealed record Ask(IReadOnlyList<PlannedCall> Calls) : PlanOutput;

    /// <summary>It has what it needs.</summary>
    public sealed record Done : PlanOutput;

    /// <summary>It cannot answer.</summary>
    /// <param name="Why">The reason that it chose.</param>
    public sealed record GiveUp(GiveUpReason Why) : PlanOutput;

    /// <summary>Reads it strictly; null when it is anything else.</summary>
    public static PlanOutput? Read(string text)
    {
        if (ModelJson.TryParse(text, out var json) && json.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String)
        {
            var members = json.EnumerateObject().Count();
            switch (next.GetString())
            {
                case "ask" when members == 2 && json.TryGetProperty("calls", out var calls) && calls.ValueKind == JsonValueKind.Array && calls.GetArrayLength() > 0:
                    var read = calls.EnumerateArray().Select(PlannedCall.Read).ToList();
                    return read.TrueForAll(call => call is not null) ? new Ask([.. read.OfType<PlannedCall>()]) : null;
                case "answer" when members == 1:
                    return new Done();
                case "give-up" when members == 2 && json.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String:
                    return reason.GetString() switch
                    {
                        "not-in-record" => new GiveUp(GiveUpReason.NotInRecord),
                        "unclear" => new GiveUp(GiveUpReason.Unclear),
                        "needs-judgement" => new GiveUp(GiveUpReason.NeedsJudgement),
                        _ => null,
                    };
            }
        }

        return null;
    }
}
