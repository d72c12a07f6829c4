using MedGemma.Agents.Host.Inference;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.OpenAi.Client;
using MedGemma.Agents.Inference.OpenAi.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>An inference process's server in this process, before any model.</summary>
internal sealed class RunningInference : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningInference(WebApplication app, InferenceSettings settings)
    {
        _app = app;
        Settings = settings;
    }

    public InferenceSettings Settings { get; }

    public Uri Address => new(_app.Urls.First() + "/");

    public static async Task<RunningInference> StartAsync(ITextGenerator model, string listen, Dictionary<string, string?>? configuration = null)
    {
        var settings = new InferenceSettings { Name = "planner", Path = "unused", Listen = listen };
        var app = InferenceHost.Build(
            settings, new ConfigurationBuilder().AddInMemoryCollection(configuration).Build(), () => [new ServedModel(model.Info, new GemmaChatClient(model))]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningInference(app, settings);
    }

    public HttpClient OverSocket() => OpenAiConnection.OverUnixSocket(Settings.Socket!);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
