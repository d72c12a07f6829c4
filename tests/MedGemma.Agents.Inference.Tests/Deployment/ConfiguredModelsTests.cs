using MedGemma.Agents.Inference.Deployment;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Inference.Tests.Deployment;

public sealed class ConfiguredModelsTests
{
    private static readonly string File = typeof(ConfiguredModelsTests).Assembly.Location;

    [Fact]
    public async Task Without_models_there_is_no_client_and_nothing_is_started()
    {
        await using var services = Services([]);
        Assert.Null(services.GetKeyedService<IChatClient>("planner"));
        Assert.Empty(services.GetRequiredService<ModelPools>().Keys);
    }

    [Fact]
    public async Task Each_model_is_a_client_by_its_key()
    {
        await using var services = Services([("planner:Replicas:0", "http://127.0.0.1:9"), ("imaging:Replicas:0", "unix:/nowhere")]);
        Assert.NotNull(services.GetKeyedService<IChatClient>("planner"));
        Assert.NotNull(services.GetKeyedService<IChatClient>("imaging"));
        Assert.Null(services.GetKeyedService<IChatClient>("writer"));
        Assert.Equal(["imaging", "planner"], services.GetRequiredService<ModelPools>().Keys);
    }

    [Fact]
    public void A_path_alone_runs_where_it_can()
    {
        var model = Read(("planner:Path", File)).ByKey["planner"];
        Assert.Equal(["auto"], model.Replicas);
        Assert.Equal((32_768, 4), (model.ContextLength, model.Slots));
    }

    [Fact]
    public void Replicas_that_may_run_on_the_processor_share_its_threads()
    {
        var models = Read(
            ("planner:Path", File), ("planner:Replicas:0", "cpu"), ("planner:Replicas:1", "cuda:0"), ("imaging:Path", File), ("imaging:Replicas:0", "auto"),
            ("writer:Path", File), ("writer:Replicas:0", "cpu"), ("writer:Threads", "2"));

        Assert.Equal((5, 5, 2), (models.Threads(models.ByKey["planner"], 15), models.Threads(models.ByKey["imaging"], 15), models.Threads(models.ByKey["writer"], 15)));
        Assert.Equal(1, models.Threads(models.ByKey["planner"], 1));
        var alone = Read(("planner:Path", File));
        Assert.Equal(0, alone.Threads(alone.ByKey["planner"], 15));
    }

    [Fact]
    public void The_largest_model_is_started_first_and_those_of_servers_last()
    {
        var small = Path.Combine(AppContext.BaseDirectory, "xunit.runner.json");

        Assert.Equal(["c", "b", "a"], Read(("a:Replicas:0", "unix:/nowhere"), ("b:Path", small), ("c:Path", File)).StartOrder);
    }

    [Theory]
    [InlineData("planner:Slots", "0", "Slots must be between 1 and 128")]
    [InlineData("planner:ContextLength", "12", "ContextLength must be between 256 and 131072 tokens")]
    [InlineData("planner:TokensPerStep", "8", "TokensPerStep must be between 16 and 8192")]
    [InlineData("planner:Slots", "128", "TokensPerStep must be at least Slots: each request that writes takes one token a step", "planner:TokensPerStep", "64")]
    [InlineData("planner:Window", "7", "Window must be Auto, Full or Sliding")]
    [InlineData("planner:CheckpointBytes", "-1", "CheckpointBytes must not be negative")]
    [InlineData("planner:CpuLibrary", "../zen4", "CpuLibrary must be a name such as alderlake")]
    [InlineData("planner:Replicas:0", "cuda", "Replicas: 'cuda' is no replica; give auto, cpu, cuda:0, https://host:port, http://127.0.0.1:port or unix:/path")]
    [InlineData("planner:Replicas:0", "http://gpu2:8000", "Replicas: 'http://gpu2:8000' would carry patients' data unencrypted; use https")]
    [InlineData("planner:Replicas:0", "https://gpu2:8000/v1", "Replicas: 'https://gpu2:8000/v1': leave /v1 off")]
    [InlineData("planner:Replicas:0", "https://me:secret@gpu2", "Replicas: the address of a replica has no query and no user; a key belongs into ApiKeyFile")]
    [InlineData("planner:Path", "/nowhere/model.gguf", "Path: /nowhere/model.gguf does not exist")]
    [InlineData("planner:Adapters:radiology", "/nowhere/a.gguf", "Adapters:radiology: /nowhere/a.gguf does not exist")]
    [InlineData("planner:Pool:QueueLength", "-1", "Pool:QueueLength must be between 0 and 100000")]
    [InlineData("planner:Pool:Aging", "-00:00:01", "Pool:Aging must be between 00:00:00.001 and 1.00:00:00")]
    [InlineData("planner:Supervision:MostCrashes", "0", "Supervision:MostCrashes must be between 1 and 1000")]
    public void What_is_wrong_is_said_in_one_line(string setting, string value, string problem, string besides = "planner:Thinking", string besidesValue = "true")
    {
        // Each setting is wrong beside others that are right.
        (string, string)[] right = [("planner:Path", File), ("planner:Replicas:1", "cpu"), (besides, besidesValue)];
        var wrong = Assert.Throws<OptionsValidationException>(() => Read([.. right.Where(other => other.Item1 != setting), (setting, value)]));
        Assert.Equal("MedGemma:Models:planner: " + problem, Assert.Single(wrong.Failures));
    }

    [Theory]
    [InlineData("planner:Slots", "4", "MedGemma:Models:planner: name the model's file as Path, or servers in Replicas")]
    [InlineData("planner:Replicas:0", "cuda:0", "MedGemma:Models:planner: a replica on this machine needs the model's file as Path")]
    [InlineData("Planner 1:Replicas:0", "https://gpu2", "MedGemma:Models:Planner 1: a key is made of small letters, digits and hyphens")]
    public void What_is_missing_is_said_in_one_line(string setting, string value, string problem) =>
        Assert.Equal(problem, Assert.Single(Assert.Throws<OptionsValidationException>(() => Read((setting, value))).Failures));

    [Fact]
    public void A_setting_that_is_not_known_is_refused() =>
        Assert.Contains("Slot", Assert.Throws<InvalidOperationException>(() => Read(("planner:Path", File), ("planner:Slot", "3"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    [InlineData("cuda:0")]
    [InlineData("cuda:0+1+3")]
    [InlineData("unix:/run/medgemma/gpu.sock")]
    [InlineData("https://gpu2:8443")]
    [InlineData("https://gateway/models/llama/")]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("http://[::1]:8000")]
    public void An_address_is_read(string text) => Assert.True(ReplicaAddress.TryParse(text, out _, out var problem), problem);

    [Theory]
    [InlineData("cuda:0\n")]
    [InlineData("cuda:")]
    [InlineData("cuda:0,1")]
    [InlineData("unix:relative")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://127.0.0.1.example.org")]
    [InlineData("")]
    public void Anything_else_is_not(string text) => Assert.False(ReplicaAddress.TryParse(text, out _, out _));

    private static ConfiguredModels Read(params (string Key, string Value)[] settings) => ConfiguredModels.Read(Configuration(settings));

    private static IConfiguration Configuration(IEnumerable<(string Key, string Value)> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("MedGemma:Models:" + setting.Key, (string?)setting.Value))).Build();

    private static ServiceProvider Services(IEnumerable<(string Key, string Value)> settings) => new ServiceCollection()
        .AddSingleton(TimeProvider.System).AddLogging().AddInference(Configuration(settings), new("false", [])).BuildServiceProvider();
}
