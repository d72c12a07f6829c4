using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Serving.ModelApi;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Host.Telemetry;
using MedGemma.Agents.Inference.OpenAi.Serving;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using OpenTelemetry.Metrics;

namespace MedGemma.Agents.Host.Inference;

/// <summary>
/// Composes an inference process: <c>/v1/chat/completions</c>, <c>/v1/models</c>, <c>/health</c> and <c>/metrics</c> before one model, on a Unix socket that only its
/// owner may open, or on the network with keys or client certificates.
/// </summary>
internal static class InferenceHost
{
    private static readonly TimeSpan s_lastAnswers = TimeSpan.FromSeconds(15);

    /// <summary>Builds it without starting it.</summary>
    /// <param name="settings">What to serve and where.</param>
    /// <param name="configuration">Everything configured.</param>
    /// <param name="models">The model, once it is loaded.</param>
    /// <exception cref="CommandRefusedException">This must not be served so.</exception>
    public static WebApplication Build(InferenceSettings settings, IConfiguration configuration, Func<IReadOnlyList<ServedModel>> models)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(InferenceHost).Assembly.GetName().Name,
        });
        builder.Configuration.AddConfiguration(configuration);
        var access = builder.Configuration.ReadModelApi();
        DemandAccess(settings, access);

        // Everything goes to standard error: standard output tells the parent that the model serves, and nothing else.
        builder.Logging.AddConsole(console =>
        {
            console.FormatterName = settings.ParentPipe ? "systemd" : "simple";
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.AddTelemetry();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddEngineViews().AddPrometheusExporter());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_lastAnswers);
        builder.Services.AddRouting();
        builder.Services.AddModelApi(access);
        builder.Services.AddSingleton<EngineHeartbeat>();
        builder.Services.AddHealthChecks().AddCheck<EngineHeartbeat>("engine");
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = InferenceSocket.Bind);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = access.MaxRequestBytes;
            if (settings.Socket is { } socket)
                kestrel.ListenUnixSocket(socket);
            else
                kestrel.ConfigureHttpsDefaults(https => Secure(https, access, kestrel.ApplicationServices.GetRequiredService<ILogger<RenewableCertificate>>()));
        });
        if (settings.Socket is null)
            builder.WebHost.UseUrls(settings.Listen);

        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health", new HealthCheckOptions()).AllowAnonymous();
        var metrics = app.MapPrometheusScrapingEndpoint("/metrics");
        if (settings.Socket is null)
        {
            app.MapOpenAi(models, ModelApiServices.Limit).ForModelApi(access);
            metrics.ForModelApi(access);
        }
        else
        {
            app.MapOpenAi(models);
        }

        return app;
    }

    private static void DemandAccess(InferenceSettings settings, ModelApiOptions access)
    {
        if (settings.Socket is { } socket)
        {
            InferenceSocket.Clear(socket);
            return;
        }

        if (!Uri.TryCreate(settings.Listen, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            throw new CommandRefusedException($"inference: '{settings.Listen}' is no address to listen on; give unix:/path or https://host:port", ExitCode.WrongUsage);
        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            throw new CommandRefusedException("inference: prompts must not travel unencrypted; listen on https");
        if (address.Scheme == Uri.UriSchemeHttps && string.IsNullOrEmpty(access.Certificate))
            throw new CommandRefusedException("inference: name the PEM files of the certificate in MedGemma:ModelApi:Certificate and CertificateKey");
        if (access.ApiKeys.Count == 0 && (address.Scheme == Uri.UriSchemeHttp || string.IsNullOrEmpty(access.ClientAuthority)))
            throw new CommandRefusedException("inference: nobody could be told from anybody: name the authority of the clients' certificates in MedGemma:ModelApi:ClientAuthority, or keys in MedGemma:ModelApi:ApiKeys");
    }

    private static void Secure(HttpsConnectionAdapterOptions https, ModelApiOptions access, ILogger<RenewableCertificate> logger)
    {
        RenewableCertificate.Load(access.Certificate, access.CertificateKey, "MedGemma:ModelApi:Certificate and CertificateKey", TimeProvider.System)?.ShowOn(https, logger);
        if (string.IsNullOrEmpty(access.ClientAuthority))
            return;

        var authority = ModelApiCertificates.Authority(access.ClientAuthority);
        https.ClientCertificateMode = access.ApiKeys.Count == 0 ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (certificate, shown, _) => ModelApiCertificates.IsSignedBy(certificate, shown, authority);
    }
}
