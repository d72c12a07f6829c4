using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Composition;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class AgentsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-agents-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Agents_are_listed_with_model_tools_and_hash()
    {
        var (exit, output, error) = await RunAsync("agents", "list", "--folder", _folder);

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.Contains("chart-planner\tplanner\tquery_record,compare_periods,current_medications,calculate,explain_code,read_note\t", output, StringComparison.Ordinal);
        Assert.Contains("answer-writer\tplanner\tno tools\t", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_which_model_is_missing()
    {
        var (exit, output, _) = await RunAsync("agents", "check", "--folder", _folder);

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("no model 'planner' is configured", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_named_and_not_there_is_refused() =>
        Assert.Equal((ExitCode.RefusedOrFailed, "medgemma: --folder: /nowhere/agents is no folder\n"), await RunAsync("agents", "check", "--folder", "/nowhere/agents") is var (exit, _, error) ? (exit, error) : default);

    [Fact]
    public async Task A_sites_agent_replaces_the_built_in_one_of_its_name()
    {
        Copy("chart-planner", yaml => yaml.Replace("query_record, compare_periods, ", "query_record, ", StringComparison.Ordinal));

        var (_, output, _) = await RunAsync("agents", "list", "--folder", _folder);

        Assert.Contains($"chart-planner\tplanner\tquery_record,current_medications,calculate,explain_code,read_note\t", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), line => line.StartsWith("chart-planner", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tools: [", "tools: [drop_table, ", "there is no tool 'drop_table'")]
    [InlineData("  temperature: 0", "  temperature: 7", "options.temperature must be from 0 to 2")]
    [InlineData("  temperature: 0", "  temperatur: 0", "agent.yaml line")]
    [InlineData("  steps: 5", "  steps: many", "agent.yaml line")]
    [InlineData("model: planner", "model: planner\napprovals: none", "there is no setting 'approvals'")]
    [InlineData("model: planner", "", "it names no model")]
    [InlineData("model: planner", "model: planner\nadapter: ''", "its adapter has no name")]
    public async Task A_wrong_agent_stops_with_one_line_that_names_the_file(string from, string to, string expected)
    {
        Copy("chart-planner", yaml => yaml.Replace(from, to, StringComparison.Ordinal));

        var (exit, _, error) = await RunAsync("agents", "check", "--folder", _folder);

        Assert.Equal(ExitCode.RefusedOrFailed, exit);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(Path.Combine(_folder, "chart-planner", "agent.yaml"), line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lora", ExitCode.Done)]
    [InlineData("nobody", ExitCode.RefusedOrFailed)]
    public async Task An_agents_adapter_is_one_of_its_models(string adapter, int expected)
    {
        Copy("answer-writer", yaml => yaml.Replace("model: planner", $"model: planner\nadapter: {adapter}", StringComparison.Ordinal));
        var model = Path.Combine(_folder, "model.gguf");
        await File.WriteAllTextAsync(model, "not looked into", TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?> { ["MedGemma:Models:planner:Path"] = model, ["MedGemma:Models:planner:Adapters:lora"] = model };
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exit = await MedGemmaCommandLine.RunAsync(
            ["agents", "list", "--folder", _folder], more => CommandServices.Build(settings.Concat(more).ToDictionary(StringComparer.Ordinal)), output, error);

        Assert.Equal(expected, exit);
        if (expected == ExitCode.Done)
            Assert.Contains("answer-writer\tplanner+lora\t", output.ToString(), StringComparison.Ordinal);
        else
            Assert.Equal($"medgemma: {Path.Combine(_folder, "answer-writer", "agent.yaml")}: the model 'planner' has no adapter 'nobody'\n", error.ToString());
    }

    [Theory]
    [InlineData("{", "it is not JSON")]
    [InlineData("""{"type":"object","properties":{"x":{"$ref":"#/$defs/toolCall"}},"if":{}}""", "no grammar can be made of it")]
    [InlineData("""{"type":"object"}""", "has no place for their calls")]
    public async Task A_schema_that_no_model_can_be_held_to_stops_with_one_line(string schema, string expected)
    {
        Copy("chart-planner", yaml => yaml);
        await File.WriteAllTextAsync(Path.Combine(_folder, "chart-planner", "output.schema.json"), schema, TestContext.Current.CancellationToken);

        var (exit, _, error) = await RunAsync("agents", "check", "--folder", _folder);

        Assert.Equal(ExitCode.RefusedOrFailed, exit);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("output.schema.json", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_planner_without_its_model_stops_with_one_line()
    {
        var (exit, _, error) = await RunAsync("ask", "--planner", "model", "--patient", "p", "--data", _folder, "What is the latest potassium?");

        Assert.Equal(ExitCode.RefusedOrFailed, exit);
        Assert.Contains("agent.yaml: no model 'planner' is configured", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await MedGemmaCommandLine.RunAsync(args, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private void Copy(string agent, Func<string, string> yaml)
    {
        var to = Directory.CreateDirectory(Path.Combine(_folder, agent)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "agents", agent)))
        {
            var text = File.ReadAllText(file);
            File.WriteAllText(Path.Combine(to, Path.GetFileName(file)), Path.GetFileName(file) == "agent.yaml" ? yaml(text) : text);
        }
    }
}
