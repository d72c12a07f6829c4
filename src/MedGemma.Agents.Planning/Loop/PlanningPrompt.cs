using System.Globalization;
using System.Text;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Json;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>
/// Writes what the planning model reads, what changes least first: the agent's own prompt and tools, the same for everybody; the overview, the same for every question to
/// a record; the question. So a server that keeps computed prompts reads only the last part anew.
/// </summary>
internal static class PlanningPrompt
{
    /// <summary>Longest question that is put to a model; a session allows less.</summary>
    private const int LongestQuestion = 100_000;

    private const int MostEarlier = 5;
    private const int LongestSuggestion = 300;

    /// <summary>The first messages of a turn.</summary>
    /// <param name="system">What <see cref="System"/> gave.</param>
    /// <param name="overview">The overview of the record.</param>
    /// <param name="question">The question.</param>
    /// <param name="context">Its instant and zone.</param>
    public static List<ChatMessage> Begin(string system, string overview, ChartQuestion question, QueryContext context) =>
    [
        new ChatMessage(ChatRole.System, system),
        new ChatMessage(ChatRole.User, $"RECORD\n{overview}\n{Question(question, context)}"),
    ];

    /// <summary>The question with its instant and the earlier ones it may lean on.</summary>
    public static string Question(ChartQuestion question, QueryContext context)
    {
        var text = new StringBuilder();
        foreach (var earlier in question.Earlier.TakeLast(MostEarlier))
        {
            text.Append("EARLIER QUESTION\n").Append(DisplayText.Bound(earlier.Text, LongestSuggestion)).Append('\n');
            foreach (var query in earlier.Queries)
                text.Append("asked as ").Append(DisplayText.Bound(RecordQueryJson.Write(query), 2 * LongestSuggestion)).Append('\n');
        }

        var now = TimeZoneInfo.ConvertTime(context.AsOf, context.Zone);
        text.Append("NOW\n").Append(now.ToString("dddd, yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)).Append('\n');
        text.Append("QUESTION").Append(question.Asker == AskerRole.Patient ? ", asked by the patient" : "").Append('\n');
        return text.Append(DisplayText.Bound(question.Text, LongestQuestion)).Append('\n').ToString();
    }

    /// <summary>What a failed call says to the model.</summary>
    public static string Failure(ToolFailure failure) => failure.Suggestions.Count == 0
        ? failure.Message
        : $"{failure.Message} There is: {string.Join("; ", failure.Suggestions.Select(name => PromptText.Name(name)))}.";

    /// <summary>The agent's own prompt and tools, the same for every question.</summary>
    public static string System(AgentDefinition agent, IEnumerable<IRecordTool> tools)
    {
        var text = new StringBuilder(agent.Prompt).Append("\n\nTOOLS\n");
        foreach (var tool in tools)
            text.Append(tool.Name).Append(": ").Append(tool.Description).Append("\n  arguments: ").Append(SchemaNotation.Write(tool.Parameters)).Append('\n');
        return text.ToString();
    }
}
