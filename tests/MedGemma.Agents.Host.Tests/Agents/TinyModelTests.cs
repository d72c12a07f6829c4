using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Composition.Agents;
using MedGemma.Agents.Host.Tests.Serving;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Loop;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Host.Tests.Agents;

/// <summary>The whole way from question to answer with the real engine: a tiny Gemma 3 with random weights writes anything that the grammars allow.</summary>
public sealed class TinyModelTests : IAsyncLifetime
{
    private const string Patient = "781429d8-dddf-4982-b7bc-16cfb0e67eb3";
    private static readonly DateTimeOffset s_now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("tiny-planner-").FullName;
    private readonly ServiceProvider _services = CommandServices.Build();
    private LlamaGenerator _engine = null!;
    private PatientRecord _record = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static bool IsSoak => Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is not null;

    public async ValueTask InitializeAsync()
    {
        var shape = GemmaShape.Tiny with { ContextLength = 65_536 };
        _engine = await LlamaGenerator.LoadAsync(
            new LlamaGeneratorOptions
            {
                Name = "tiny",
                Files = [TinyGemma.Write(Path.Combine(_folder, "tiny.gguf"), new TinyGemmaOptions { Shape = shape })],
                ContextLength = 32_768,
                Cells = 65_536,
                Sequences = 2,
                Threads = 1,
                Thinking = true,
            },
            NullLogger.Instance,
            TimeProvider.System);
        var source = await FileRecordSource.OpenAsync([RunningServer.FixtureFolder], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, Stop);
        _record = _services.GetRequiredService<IRecordBuilder>().Build((await source.ReadAsync(Patient, Stop))!);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_plan_parses_every_loop_ends_and_nothing_but_verified_claims_is_answered()
    {
        Assert.SkipUnless(IsSoak, "Set MEDGEMMA_SOAK=1 for hundreds of turns with an engine.");
        using var client = new TimedClient(new GemmaChatClient(_engine));
        var answerer = Answerer(client, temperature: 1);
        var started = Stopwatch.GetTimestamp();
        var (questions, outputs, memory) = (500, 0, 0L);
        for (var i = 0; i < questions; i++)
        {
            var answer = await AskAsync(answerer, string.Create(CultureInfo.InvariantCulture, $"What was creatinine number {i}?"));

            Assert.True(answer.Reason is null or not UnsureReason.UnreadableOutput, answer.Model!.Calls[^1].Output);
            Assert.False(answer.Reason is UnsureReason.ModelLost or UnsureReason.ModelRefused or UnsureReason.TooLongForModel, answer.Reason?.Code);
            Assert.Equal(answer.Status == AnswerStatus.Unsure, answer.Reason is not null);
            Assert.All(answer.Claims, claim => Assert.Equal(Verdict.Supported, claim.Verdict));
            outputs += answer.Model!.Calls.Count(call => call.Output.Length > 0);
            if (i == questions / 2)
                memory = Environment.WorkingSet;
        }

        Assert.True(outputs >= questions, $"Only {outputs} outputs were read.");
        var rest = 1 - (client.InModel / Stopwatch.GetElapsedTime(started));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{questions} questions, {outputs} outputs, {rest:P2} of the time outside the model."));
        Assert.True(Environment.WorkingSet < memory * 1.1, $"{memory:N0} bytes became {Environment.WorkingSet:N0}.");
        Assert.True(rest < 0.05, $"{rest:P1} of the time was spent outside the model.");
    }

    [Fact]
    public async Task At_temperature_0_a_turn_comes_out_again_as_it_was()
    {
        Assert.SkipUnless(IsSoak, "Set MEDGEMMA_SOAK=1 for hundreds of turns with an engine.");
        using var client = new GemmaChatClient(_engine);
        var answerer = Answerer(client, temperature: 0);
        for (var i = 0; i < 100; i++)
        {
            var question = string.Create(CultureInfo.InvariantCulture, $"Which results of day {i} are abnormal?");
            var (first, second) = (await AskAsync(answerer, question), await AskAsync(answerer, question));

            Assert.Equal(first.Model!.Calls.Select(call => (call.Prompt, call.Output, call.Failure)), second.Model!.Calls.Select(call => (call.Prompt, call.Output, call.Failure)));
            Assert.Equal(first.Text, second.Text);
        }
    }

    private Task<Answer> AskAsync(ModelQuestionAnswerer answerer, string question) =>
        answerer.AnswerAsync(_record, new ChartQuestion(question, s_now, AskerRole.Clinician, []), null, Stop);

    private ModelQuestionAnswerer Answerer(IChatClient client, float temperature)
    {
        var tools = _services.GetRequiredService<IReadOnlyList<IRecordTool>>();
        foreach (var agent in new[] { "chart-planner", "answer-writer" })
        {
            var to = Directory.CreateDirectory(Path.Combine(_folder, "agents", agent)).FullName;
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "agents", agent)))
            {
                File.WriteAllText(Path.Combine(to, Path.GetFileName(file)), File.ReadAllText(file)
                    .Replace("temperature: 0", string.Create(CultureInfo.InvariantCulture, $"temperature: {temperature}"), StringComparison.Ordinal)
                    .Replace("maxOutputTokens: 1536", "maxOutputTokens: 600", StringComparison.Ordinal)
                    .Replace("maxOutputTokens: 2048", "maxOutputTokens: 600", StringComparison.Ordinal)
                    .Replace("steps: 5", "steps: 3", StringComparison.Ordinal));
            }
        }

        var agents = AgentCatalog.Load(
            new AgentFolders([Path.Combine(AppContext.BaseDirectory, "agents"), Path.Combine(_folder, "agents")]), tools, _services.GetRequiredService<IOutputSchemaCheck>());
        return new ModelQuestionAnswerer(
            agents,
            new OneModel(client),
            tools,
            new RecordOverviews(new RecordOverviewOptions { MostCharacters = 2000 }),
            _services.GetRequiredService<IClaimVerifier>(),
            _services.GetRequiredService<NoteReaders>(),
            TimeZoneInfo.Utc,
            ResourceOrdering.ByClinicalTime,
            TimeProvider.System);
    }

    private sealed class OneModel(IChatClient client) : IAgentModels
    {
        private static readonly InferenceDialect s_dialect = new();

        public bool Has(string key) => true;

        public AgentModel? Find(string key) => new(key, client, s_dialect, Thinks: true);
    }

    /// <summary>Adds up the time that the model takes.</summary>
    private sealed class TimedClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public TimeSpan InModel { get; private set; }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var asked = Stopwatch.GetTimestamp();
                var more = await updates.MoveNextAsync();
                InModel += Stopwatch.GetElapsedTime(asked);
                if (!more)
                    yield break;

                yield return updates.Current;
            }
        }
    }
}
