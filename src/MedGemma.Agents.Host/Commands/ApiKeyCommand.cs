using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Host.Serving.Security;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma api-key</c>: makes a key for a user of the HTTP API and prints it once, with the entry of the configuration, which holds only its hash.</summary>
internal static class ApiKeyCommand
{
    private const int KeyBytes = 32;

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = false };

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var user = new Option<string>("--user") { Description = "The user, unique within the issuer.", Required = true };
        var issuer = new Option<string>("--issuer") { Description = "Who vouches for the user.", DefaultValueFactory = _ => new ApiKeyOptions().Issuer };
        var patients = new Option<string[]>("--patients")
        {
            Description = "Logical ids of the patients whose records the user may open, or * for all.",
            HelpName = "ID",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("api-key", "Makes a key for a user of the HTTP API.") { user, issuer, patients };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
            var entry = JsonSerializer.Serialize(
                new
                {
                    Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))),
                    Issuer = parsed.GetRequiredValue(issuer),
                    User = parsed.GetRequiredValue(user),
                    Patients = parsed.GetRequiredValue(patients),
                },
                s_json);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"key, shown only now: {key}".AsMemory(), cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync($"add to MedGemma:Serving:ApiKeys: {entry}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
