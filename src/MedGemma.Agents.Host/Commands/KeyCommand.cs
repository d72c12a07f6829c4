using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma key</c>: makes an API key, shows it once, and gives the entry for the configuration, which holds only its hash.</summary>
internal sealed class KeyCommand
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Option<string> _user = new("--user") { Description = "The person or program that will hold the key.", HelpName = "NAME", Required = true };
    private readonly Option<string?> _issuer = new("--issuer") { Description = "Who vouches for the user. Default: api-key.", HelpName = "NAME" };
    private readonly Option<string[]> _patients = new("--patients")
    {
        Description = "Logical ids of the patients that the user may open, or '*' for every patient.",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _patientsFile = new("--patients-file")
    {
        Description = "File of further ids, one a line; the server reads it again whenever it changes.",
        HelpName = "FILE",
    };

    private readonly Option<AskerRole> _role = RoleOption.Create();
    private readonly Option<string?> _expires = new("--expires") { Description = "Instant from which the key is refused, ISO 8601 with an offset. Default: never.", HelpName = "INSTANT" };

    private KeyCommand()
    {
    }

    /// <summary>The command with its subcommand.</summary>
    public static Command Create()
    {
        var key = new KeyCommand();
        var create = new Command("create", "Makes a key, shows it once, and prints the entry for MedGemma:Serving:ApiKeys.")
        {
            key._user, key._issuer, key._patients, key._patientsFile, key._role, key._expires,
        };
        create.SetAction(key.Run);
        return new Command("key", "API keys of medgemma serve.") { create };
    }

    private int Run(ParseResult parsed)
    {
        var patients = parsed.GetValue(_patients) ?? [];
        var file = parsed.GetValue(_patientsFile);
        if (patients.Length == 0 && file is null)
            throw new CommandRefusedException("key create: say whose records the key opens: --patients ID..., --patients-file FILE, or --patients '*'", ExitCode.WrongUsage);

        if (string.IsNullOrWhiteSpace(parsed.GetRequiredValue(_user)))
            throw new CommandRefusedException("key create: --user is empty: say who the key is for", ExitCode.WrongUsage);

        // The file is the server's: it need not be here.
        var scope = new ApiKeyOptions { Role = parsed.GetValue(_role), PatientsFile = file };
        foreach (var patient in patients)
            scope.Patients.Add(patient);
        if (ServingOptionsValidation.ScopeFailures(scope).FirstOrDefault(failure => !failure.StartsWith(nameof(scope.PatientsFile), StringComparison.Ordinal)) is { } wrong)
            throw new CommandRefusedException($"key create: {wrong}", ExitCode.WrongUsage);

        var key = ApiKey.Create();
        var entry = new JsonObject { ["Sha256"] = Convert.ToHexStringLower(ApiKey.Hash(key)), ["User"] = parsed.GetRequiredValue(_user) };
        if (parsed.GetValue(_issuer) is { } issuer)
            entry["Issuer"] = issuer;
        if (parsed.GetValue(_role) is var role and not AskerRole.Unknown)
            entry["Role"] = role.ToString();
        if (patients.Length > 0)
            entry["Patients"] = new JsonArray([.. patients.Select(patient => (JsonNode)patient)]);
        if (file is not null)
            entry["PatientsFile"] = Path.GetFullPath(file);
        if (parsed.GetValue(_expires) is { } expires)
            entry["Expires"] = ReadExpiry(expires).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

        var output = parsed.InvocationConfiguration.Output;
        output.WriteLine($"The key, shown only now: {key}");
        output.WriteLine("For MedGemma:Serving:ApiKeys:");
        output.WriteLine(entry.ToJsonString(s_readable));
        return ExitCode.Done;
    }

    private static DateTimeOffset ReadExpiry(string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
        && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            ? instant
            : throw new CommandRefusedException($"--expires: '{text}' is not an ISO 8601 instant with an offset such as 2027-01-01T00:00:00Z", ExitCode.WrongUsage);
}
