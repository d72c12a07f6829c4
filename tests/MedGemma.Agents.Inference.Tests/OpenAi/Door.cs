using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.OpenAi.Client;
using MedGemma.Agents.Inference.OpenAi.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Agents.Inference.Tests.OpenAi;

/// <summary>A real Kestrel on a loopback port or a Unix socket.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string? _socket;

    private Door(WebApplication app, string? socket)
    {
        _app = app;
        _socket = socket;
        Http = socket is null
            ? new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/") }
            : OpenAiConnection.OverUnixSocket(socket);
    }

    public HttpClient Http { get; }

    public OpenAiChatClient Client => ClientOf(TimeProvider.System);

    public OpenAiChatClient ClientOf(TimeProvider clock) => new(Http, "medgemma-test", new OpenAiChatClientOptions { SpeaksExtensions = true }, clock);

    public static Task<Door> Open(IChatClient model, bool overSocket = false, TimeProvider? clock = null) =>
        Open(clock: clock, overSocket: overSocket, map: app => app.MapOpenAi(() => [new ServedModel(new GeneratorInfo("medgemma-test", 4096) { Images = true, Adapters = ["radiology"] }, model)]));

    public static async Task<Door> Open(Action<WebApplication> map, bool overSocket = false, TimeProvider? clock = null)
    {
        var socket = overSocket ? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            if (socket is null)
                kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            else
                kestrel.ListenUnixSocket(socket);
        });
        var app = builder.Build();
        app.UseRouting();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Door(app, socket);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        if (_socket is not null)
            File.Delete(_socket);
    }
}
