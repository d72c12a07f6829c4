using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Tools;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MedGemma.Agents.Planning.Agents;

/// <summary>Reads the folder of one agent: <c>agent.yaml</c>, <c>prompt.md</c>, <c>output.schema.json</c>.</summary>
/// <param name="tools">The tools that there are.</param>
internal sealed partial class AgentReader(IReadOnlyList<IRecordTool> tools)
{
    public const string YamlFile = "agent.yaml";
    public const string PromptFile = "prompt.md";
    public const string SchemaFile = "output.schema.json";

    /// <summary>Where a schema refers to for the calls of the agent's tools.</summary>
    public const string ToolCall = "toolCall";

    /// <exception cref="AgentFileException">A file is missing or wrong.</exception>
    public AgentDefinition Read(string folder)
    {
        var (yaml, prompt, schema) = (ReadText(folder, YamlFile), ReadText(folder, PromptFile), ReadText(folder, SchemaFile));
        var file = ParseYaml(Path.Combine(folder, YamlFile), yaml);
        Check(Path.Combine(folder, YamlFile), file);
        if (string.IsNullOrWhiteSpace(prompt))
            throw Wrong(Path.Combine(folder, PromptFile), "it is empty");

        return new AgentDefinition(
            Path.GetFileName(folder),
            folder,
            file.Purpose!.Trim(),
            file.Model!.Trim(),
            file.Adapter?.Trim(),
            file.Tools,
            file.Options,
            file.Budgets,
            prompt.ReplaceLineEndings("\n").Trim(),
            ParseSchema(Path.Combine(folder, SchemaFile), schema, file.Tools),
            Hash(yaml, prompt, schema));
    }

    private static string ReadText(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, "it cannot be read");
        }
    }

    private static AgentFile ParseYaml(string path, string yaml)
    {
        try
        {
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<AgentFile?>(yaml)
                ?? throw Wrong(path, "it is empty");
        }
        catch (YamlException wrong)
        {
            throw Wrong($"{path} line {wrong.Start.Line}", UnknownProperty().Match(wrong.Message) is { Success: true } unknown ? $"there is no setting '{unknown.Groups[1].Value}'" : (wrong.InnerException ?? wrong).Message);
        }
    }

    private void Check(string path, AgentFile file)
    {
        if (string.IsNullOrWhiteSpace(file.Purpose))
            throw Wrong(path, "it says no purpose");
        if (string.IsNullOrWhiteSpace(file.Model))
            throw Wrong(path, "it names no model");
        if (file.Adapter is not null && string.IsNullOrWhiteSpace(file.Adapter))
            throw Wrong(path, "its adapter has no name");
        if (file.Tools.Find(name => tools.All(tool => tool.Name != name)) is { } unknown)
            throw Wrong(path, $"there is no tool '{unknown}'; there are {string.Join(", ", tools.Select(tool => tool.Name))}");
        if (file.Tools.Distinct(StringComparer.Ordinal).Count() != file.Tools.Count)
            throw Wrong(path, "a tool is named twice");

        foreach (var options in new object[] { file.Options, file.Budgets })
        {
            var problems = new List<ValidationResult>();
            if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
                throw Wrong(path, string.Join("; ", problems.Select(problem => problem.ErrorMessage)));
        }
    }

    private JsonElement ParseSchema(string path, string text, List<string> names)
    {
        JsonObject? schema;
        try
        {
            schema = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException wrong)
        {
            throw Wrong($"{path} line {wrong.LineNumber + 1}", "it is not JSON");
        }

        if (schema is null)
            throw Wrong(path, "it is no JSON object");

        if (names.Count > 0)
        {
            if (!text.Contains($"#/$defs/{ToolCall}", StringComparison.Ordinal))
                throw Wrong(path, $"the agent has tools, and its output has no place for their calls: refer to #/$defs/{ToolCall}");

            var definitions = schema["$defs"] as JsonObject ?? [];
            schema["$defs"] = definitions;
            definitions[ToolCall] = new JsonObject { ["anyOf"] = new JsonArray([.. names.Select(name => CallOf(tools.First(tool => tool.Name == name)))]) };
        }

        return JsonSerializer.SerializeToElement(schema);
    }

    private static JsonObject CallOf(IRecordTool tool) => new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["tool"] = new JsonObject { ["enum"] = new JsonArray(tool.Name) },
            ["arguments"] = JsonNode.Parse(tool.Parameters.GetRawText()),
        },
        ["required"] = new JsonArray("tool", "arguments"),
        ["additionalProperties"] = false,
    };

    private static string Hash(params ReadOnlySpan<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            // Each with its length, so that no text can move from one file to the next unseen.
            var bytes = Encoding.UTF8.GetBytes(file);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static AgentFileException Wrong(string path, string what) => new(path, what);

    // The library says "Property 'approvals' not found on type 'MedGemma.Agents.Planning.Agents.AgentFile'."
    [GeneratedRegex(@"^Property '([^']*)' not found on type")]
    private static partial Regex UnknownProperty();
}
