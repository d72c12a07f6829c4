using MedGemma.Agents.Host.Composition.Settings;
using MedGemma.Agents.Inference;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Composition;

/// <summary>The services of a command that starts no silo.</summary>
internal static class CommandServices
{
    /// <summary>What the names of the environment variables that are settings begin with.</summary>
    public const string VariablePrefix = "MEDGEMMA_";

    /// <summary>Configuration from the program's folder, then <c>/etc/medgemma</c>, then environment variables with the prefix <c>MEDGEMMA_</c>.</summary>
    /// <param name="arguments">Settings that the command line gives, by configuration key.</param>
    /// <param name="siteFolder">The folder of the site's own configuration, for tests.</param>
    /// <exception cref="Commands.CommandRefusedException">A file of it may not be read by this user, or it holds a setting that is not known.</exception>
    public static IConfigurationRoot ReadConfiguration(IReadOnlyDictionary<string, string?>? arguments = null, string siteFolder = "/etc/medgemma")
    {
        try
        {
            var configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddJsonFile(Path.Combine(siteFolder, "appsettings.json"), optional: true)
                .AddEnvironmentVariables(VariablePrefix)
                .AddInMemoryCollection(arguments ?? new Dictionary<string, string?>())
                .Build();
            MisspeltSettings.Refuse(configuration);
            return configuration;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Where the configuration is part of what failed, its message names the file and holds nothing of a patient.
            throw new Commands.CommandRefusedException($"the configuration cannot be read by {Environment.UserName}: {unreadable.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Builds the services; options are validated here, so that a wrong one stops the command with one line.</summary>
    /// <param name="arguments">Settings that the command line gives, by configuration key.</param>
    public static ServiceProvider Build(IReadOnlyDictionary<string, string?>? arguments = null)
    {
        var configuration = ReadConfiguration(arguments);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddOptions<MedGemmaOptions>().Bind(configuration.GetSection(MedGemmaOptions.Section)).ValidateDataAnnotations();
        services.AddQuestionAnswering();
        services.AddInference(configuration, InferenceProgram.Launch);
        services.AddTokenMeters();
        var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<MedGemmaOptions>>().Value.GetZone();
            _ = provider.GetRequiredService<IOptions<Agents.PlannerOptions>>().Value;
        }
        catch (Exception wrong) when (wrong is OptionsValidationException or System.ComponentModel.DataAnnotations.ValidationException)
        {
            provider.Dispose();
            throw new Commands.CommandRefusedException(ConfigurationProblem.Describe(wrong) ?? wrong.Message);
        }

        return provider;
    }
}
