using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Grammars;
using Microsoft.Extensions.AI;
using System.Text.Json;

namespace MedGemma.Agents.Inference.Chat.Tools;

/// <summary>The tools of one request: what the model is told of them, and what grammar its calls have.</summary>
internal sealed class ToolSet
{
    private const string Instructions =
        "You have access to functions. If you decide to invoke any of the function(s), you MUST put it in the format of\n"
        + "{\"name\": function name, \"parameters\": dictionary of argument name and its value}\n"
        + "You SHOULD NOT include any other text in the response if you call a function.\n";

    private readonly IReadOnlyList<AIFunctionDeclaration> _tools;
    private readonly string? _only;

    private ToolSet(IReadOnlyList<AIFunctionDeclaration> tools, bool required, string? only)
    {
        _tools = tools;
        Required = required;
        _only = only;
    }

    /// <summary>Whether the model may call anything.</summary>
    public bool Any => _tools.Count > 0;

    /// <summary>Whether it must.</summary>
    public bool Required { get; }

    /// <exception cref="RequestRefusedException">The tools are not functions, have one name twice, or the one required is missing.</exception>
    public static ToolSet Of(ChatOptions? options)
    {
        if (options?.Tools is not { Count: > 0 } || options.ToolMode is NoneChatToolMode)
            return options?.ToolMode is RequiredChatToolMode ? throw new RequestRefusedException("tool_choice", "A call is required, but there are no tools.") : new ToolSet([], false, null);

        if (options.Tools.FirstOrDefault(tool => tool is not AIFunctionDeclaration) is { } other)
            throw new RequestRefusedException("tools", $"Tools must be functions; {other.Name} is not.");

        var tools = options.Tools.Cast<AIFunctionDeclaration>().ToList();
        if (tools.DistinctBy(tool => tool.Name, StringComparer.Ordinal).Count() != tools.Count)
            throw new RequestRefusedException("tools", "Tools must have different names.");

        var required = options.ToolMode as RequiredChatToolMode;
        if (required?.RequiredFunctionName is { } only && tools.TrueForAll(tool => tool.Name != only))
            throw new RequestRefusedException("tool_choice", $"There is no tool {only}.");

        return new ToolSet(tools, required is not null, required?.RequiredFunctionName);
    }

    /// <summary>What stands in the system text.</summary>
    public string Declaration => Any ? Instructions + ToolCallJson.WriteDeclarations(_tools) : "";

    public bool Knows(string name) => _tools.Any(tool => tool.Name == name);

    /// <summary>The texts that a call may be.</summary>
    public IEnumerable<GrammarAlternative> Calls => _tools.Where(tool => _only is null || tool.Name == _only).Select(tool =>
        new GrammarAlternative(tool.JsonSchema, $"{{\"name\": {JsonSerializer.Serialize(tool.Name, AIJsonUtilities.DefaultOptions)}, \"parameters\": ", "}"));
}
