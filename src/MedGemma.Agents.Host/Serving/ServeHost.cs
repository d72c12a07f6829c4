using System.Text.Json.Serialization;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Mcp;
using MedGemma.Agents.Host.Serving.Endpoints;
using MedGemma.Agents.Host.Serving.ModelApi;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Host.Serving.Silo;
using MedGemma.Agents.Host.Telemetry;
using MedGemma.Agents.Inference;
using MedGemma.Agents.Sessions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Composes the server: one silo, the HTTP API, authentication and telemetry.</summary>
internal static class ServeHost
{
    // Orleans gives running turns 30 s (GrainCollectionOptions.DeactivationTimeout), then stops them; the rest is for their rows, and for the models, which end last. systemd waits longer.
    private static readonly TimeSpan s_lastTurns = TimeSpan.FromSeconds(50);

    /// <summary>Builds the server without starting it.</summary>
    /// <param name="settings">What it serves and how.</param>
    /// <param name="configure">Changes registrations, for tests; or null.</param>
    /// <exception cref="Commands.CommandRefusedException">This configuration must not be served.</exception>
    public static WebApplication Build(ServeSettings settings, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            EnvironmentName = settings.Environment,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(ServeHost).Assembly.GetName().Name,
        });
        builder.Configuration.AddConfiguration(settings.Configuration);
        if (string.IsNullOrEmpty(builder.Configuration[SessionDatabaseDefaults.ConnectionStringKey]))
            builder.Configuration.AddInMemoryCollection(SessionDatabaseDefaults.For(builder.Configuration, settings.DataFolder));

        var options = new ServingOptions();
        builder.Configuration.GetSection(ServingOptions.Section).Bind(options);
        if (new ServingOptionsValidation().Validate(null, options) is { Failed: true } wrong)
            throw new OptionsValidationException(Options.DefaultName, typeof(ServingOptions), wrong.Failures);

        var scheme = ServingAccess.ChooseScheme(options, builder.Environment);

        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.AddTelemetry();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            if (RenewableCertificate.Load(options.Certificate, options.CertificateKey, "MedGemma:Serving:Certificate and CertificateKey", TimeProvider.System) is { } certificate)
                kestrel.ConfigureHttpsDefaults(https => certificate.ShowOn(https, kestrel.ApplicationServices.GetRequiredService<ILogger<RenewableCertificate>>()));
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
        });
        builder.WebHost.UseUrls(options.Url);
        builder.Services.AddSystemd();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_lastTurns);
        builder.Services.AddRouting();
        builder.Services.AddServingAccess(scheme);
        builder.Services.AddRequestRate(options);
        builder.AddServingServices(settings);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .TakesNoConnections()
            .AddActivityPropagation()
            .Configure<EndpointOptions>(endpoints => endpoints.GatewayPort = 0)
            .AddPatientSessions());
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseSecurityHeaders();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseSessionMcp();
        app.MapHealth();
        app.MapPatients();
        app.MapSessions();
        app.MapQuestions();
        app.MapSessionMcp();
        app.MapModelApi();
        app.MapSchemas();
        app.MapOpenApi().AllowAnonymous();
        if (app.Environment.IsDevelopment())
            app.MapHomePage();

        return app;
    }

    private static void AddServingServices(this WebApplicationBuilder builder, ServeSettings settings)
    {
        var services = builder.Services;
        services.AddOptions<MedGemmaOptions>().Bind(builder.Configuration.GetSection(MedGemmaOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ServingOptions>().Bind(builder.Configuration.GetSection(ServingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServingOptions>, ServingOptionsValidation>();
        services.AddQuestionAnswering();
        services.AddInference(builder.Configuration, InferenceProgram.Launch with { HashFolder = InferenceProgram.HashFolder(settings.DataFolder) });
        services.AddHostedService<ModelPoolsService>();
        services.AddModelApi(builder.Configuration.ReadModelApi());
        services.AddSingleton(settings.Source);
        services.AddSingleton<PatientOverviewReader>();
        services.AddSessionMcp();
        services.AddProblemDetails(details => details.CustomizeProblemDetails = problem => Problems.Explain(problem.ProblemDetails));
        services.AddExceptionHandler<UnforeseenExceptionHandler>();

        // The handler logs for itself: the framework's own message would quote the exception's.
        services.Configure<ExceptionHandlerOptions>(handling => handling.SuppressDiagnosticsCallback = _ => true);
        services.Configure<RouteHandlerOptions>(handling => handling.ThrowOnBadRequest = false);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false));

            // Of two questions in one body a proxy may have seen the other one.
            json.SerializerOptions.AllowDuplicateProperties = false;
        });
        services.AddOpenApi();
        services.AddHealthChecks().AddCheck<TurnStoreHealthCheck>("turn-store", tags: [HealthEndpoints.ReadyTag])
            .AddCheck<RecordSourceHealthCheck>("records", tags: [HealthEndpoints.ReadyTag])
            .AddCheck<ModelsHealthCheck>("models", tags: [HealthEndpoints.ModelsTag]);
    }
}
