using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Composition.Agents;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Loop;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Host.Tests.Agents;

/// <summary>
/// A tiny Gemma 3 with random weights whose vocabulary is of the words of the agents' prompts, so that a prompt is as many tokens as with a real one, and whose layers
/// are all local, so that a token costs the same wherever it stands: with a token for each letter and global layers, a prompt is 12,000 tokens, and each token of
/// the answer takes 20 ms. It leans towards asking, towards names that charts have, and towards ending what it writes; otherwise it writes whatever a grammar allows.
/// </summary>
internal static partial class TinyPlannerModel
{
    /// <summary>Tokens that a model thinks which would never end by itself, with the agents of <see cref="WriteAgents"/>.</summary>
    public const int ForEver = 8000;

    /// <summary>Characters of a record's overview.</summary>
    public const int OverviewCharacters = 2500;

    private const int ContextLength = 32_768;
    private const int Vocabulary = 8192;
    private const int Pieces = 6000;

    private static readonly string[] s_names =
        ["creatinine", "potassium", "HbA1c", "warfarin", "metformin", "glucose", "weight", "asthma", "hemoglobin", "r1", "r2", "laboratory", "vital", "condition", "medication"];

    /// <summary>Writes the model.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="thinksForEver">Whether it begins to think, and does nothing else.</param>
    public static string Write(string path, bool thinksForEver = false)
    {
        using var services = CommandServices.Build();
        var tools = services.GetRequiredService<IReadOnlyList<IRecordTool>>();
        var agents = Directory.GetFiles(AgentFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText);
        var words = PromptWords.Of([.. agents, .. tools.SelectMany(tool => new[] { tool.Description, tool.Parameters.GetRawText() })], Pieces);
        var bias = s_names.ToDictionary(name => name, _ => 4f);
        foreach (var (piece, leaning) in new[] { ("\"", 8f), ("]", 6f), ("}", 6f), ("ask", 6f), ("query", 3f) })
            bias[piece] = leaning;
        if (thinksForEver)
            bias[ControlTokens.Spellings[ControlToken.StartOfThought]] = 30;
        return TinyGemma.Write(path, new TinyGemmaOptions
        {
            Shape = GemmaShape.Tiny with { Layers = 2, Pattern = 6, Vocabulary = Vocabulary, ContextLength = ContextLength },
            Words = [.. words, .. s_names, "ask", "query"],
            LogitSpread = 2,
            Bias = bias,
        });
    }

    /// <summary>Loads it into an engine of this process, on one thread.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its name for clients.</param>
    /// <param name="tokensPerStep">Most tokens that are computed together, on which rounding hangs.</param>
    public static Task<LlamaGenerator> LoadAsync(string path, string name = "planner", int tokensPerStep = 512) => LlamaGenerator.LoadAsync(
        new LlamaGeneratorOptions { Name = name, Files = [path], ContextLength = ContextLength, Sequences = 2, Threads = 1, Thinking = true, FullWindow = false, TokensPerStep = tokensPerStep },
        NullLogger.Instance,
        TimeProvider.System);

    /// <summary>Writes the program's agents with budgets for such a model.</summary>
    /// <param name="folder">Where to, one folder each.</param>
    /// <param name="temperature">Temperature of all of them.</param>
    public static void WriteAgents(string folder, float temperature)
    {
        foreach (var file in Directory.GetFiles(AgentFolder, "*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            if (Path.GetFileName(file) == "agent.yaml")
            {
                text = Temperature().Replace(text, string.Create(CultureInfo.InvariantCulture, $"temperature: {temperature}"));
                text = Steps().Replace(OutputTokens().Replace(text, "maxOutputTokens: 500"), "steps: 4");
                text = ThinkingTokens().Replace(text, string.Create(CultureInfo.InvariantCulture, $"maxThinkingTokens: {ForEver}"));
            }

            var to = Path.Combine(folder, Path.GetRelativePath(AgentFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllText(to, text);
        }
    }

    /// <summary>The model planner that calls a client.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="agents">Folder of its agents.</param>
    /// <param name="client">The client.</param>
    public static ModelQuestionAnswerer Answerer(IServiceProvider services, string agents, IChatClient client)
    {
        var tools = services.GetRequiredService<IReadOnlyList<IRecordTool>>();
        return new ModelQuestionAnswerer(
            AgentCatalog.Load(new AgentFolders([agents]), tools, services.GetRequiredService<IOutputSchemaCheck>()),
            new OneModel(client),
            tools,
            new RecordOverviews(new RecordOverviewOptions { MostCharacters = OverviewCharacters }),
            services.GetRequiredService<IClaimVerifier>(),
            services.GetRequiredService<NoteReaders>(),
            TimeZoneInfo.Utc,
            ResourceOrdering.ByClinicalTime,
            TimeProvider.System);
    }

    private static string AgentFolder => Path.Combine(AppContext.BaseDirectory, "agents");

    private sealed class OneModel(IChatClient client) : IAgentModels
    {
        private static readonly InferenceDialect s_dialect = new();

        public bool Has(string key) => true;

        public bool HasAdapter(string key, string adapter) => true;

        public AgentModel? Find(string key) => new(key, client, s_dialect, Thinks: true);
    }

    [GeneratedRegex("temperature: [0-9.]+")]
    private static partial Regex Temperature();

    [GeneratedRegex("maxOutputTokens: [0-9]+")]
    private static partial Regex OutputTokens();

    [GeneratedRegex("maxThinkingTokens: [0-9]+")]
    private static partial Regex ThinkingTokens();

    [GeneratedRegex("steps: [0-9]+")]
    private static partial Regex Steps();
}
