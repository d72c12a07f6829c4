using System.Text;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Chat.Tools;

/// <summary>Holds back an answer for as long as it may be a tool call; an answer in words streams through.</summary>
/// <param name="tools">The tools of the request.</param>
/// <param name="newId">Makes the identifier of a call.</param>
internal sealed class ToolCallCollector(ToolSet tools, Func<string> newId)
{
    private readonly StringBuilder _held = new();
    private bool _words = !tools.Any;

    /// <summary>Takes a piece of the answer and gives what is certainly words.</summary>
    public string Push(string text)
    {
        if (_words)
            return text;

        _held.Append(text);
        var start = _held.ToString().AsSpan().TrimStart();
        if (start.Length == 0 || start[0] is '{' or '[' || start.StartsWith("```") || "```".AsSpan().StartsWith(start))
            return "";

        _words = true;
        return Take();
    }

    /// <summary>Gives the calls, or the words that were held back.</summary>
    public IReadOnlyList<AIContent> Finish()
    {
        if (_held.Length == 0)
            return [];

        var text = Take();
        if (!ToolCallJson.TryRead(text, newId, out var calls))
            return [new TextContent(text)];

        foreach (var call in calls.Where(call => !tools.Knows(call.Name)))
            call.Exception = new InvalidOperationException("The model called a tool that was not offered.");

        return [.. calls];
    }

    private string Take()
    {
        var text = _held.ToString();
        _held.Clear();
        return text;
    }
}
