using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Sessions.Audit;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma audit</c>: verifies and shows the chain of FHIR AuditEvents and Provenances.</summary>
internal sealed class AuditCommand
{
    private const int Page = 500;

    private readonly Option<string[]> _anchors = new("--anchor")
    {
        Description = "A row noted earlier and elsewhere, as this command prints it; it must still be there.",
        HelpName = "SEQUENCE:HASH",
    };

    private readonly Option<long> _after = new("--after") { Description = "Only rows behind this one.", HelpName = "SEQUENCE" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most rows to show.", DefaultValueFactory = _ => 100 };
    private readonly Option<string?> _dataFolder = DataFolderOption.Create();

    private AuditCommand()
    {
        _anchors.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string[]>() is { } anchors && anchors.Any(anchor => !AuditAnchor.TryParse(anchor, null, out _)))
                result.AddError("--anchor is SEQUENCE:HASH, with a hash of 64 hexadecimal digits.");
        });
        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_000_000)
                result.AddError("--limit must be from 1 to 1000000.");
        });
    }

    /// <summary>The command with its subcommands.</summary>
    public static Command Create()
    {
        var audit = new AuditCommand();
        var verify = new Command("verify", "Computes the whole chain again; ends with 1 when anything is not as it was written.") { audit._anchors, audit._dataFolder };
        verify.SetAction((parsed, cancellationToken) => SessionServices.RunAsync(parsed.GetValue(audit._dataFolder), services => audit.VerifyAsync(parsed, services, cancellationToken)));
        var show = new Command("show", "Prints the rows of the chain as FHIR resources, one JSON object a line.") { audit._after, audit._limit, audit._dataFolder };
        show.SetAction((parsed, cancellationToken) => SessionServices.RunAsync(parsed.GetValue(audit._dataFolder), services => audit.ShowAsync(parsed, services, cancellationToken)));
        return new Command("audit", "The audit of who asked what about whom, and what the answers rested on.") { verify, show };
    }

    private async Task<int> VerifyAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var anchors = (parsed.GetValue(_anchors) ?? []).Select(anchor => AuditAnchor.Parse(anchor, null)).ToList();
        var verified = await services.GetRequiredService<IAuditLog>().VerifyAsync(anchors, cancellationToken).ConfigureAwait(false);
        var output = parsed.InvocationConfiguration.Output;
        foreach (var problem in verified.Problems)
            await output.WriteLineAsync(problem.Sequence is { } row ? string.Create(CultureInfo.InvariantCulture, $"row {row}: {problem.Message}") : problem.Message).ConfigureAwait(false);

        var older = verified.Unchained > 0 ? string.Create(CultureInfo.InvariantCulture, $", {verified.Unchained:N0} rows from before the chain") : "";
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{verified.Rows:N0} rows, {verified.Erased:N0} of them erased{older}: {(verified.Problems.Count == 0 ? "the chain holds" : "the chain does not hold")}")).ConfigureAwait(false);
        if (verified.Head is { } head)
            await output.WriteLineAsync($"note this row elsewhere, and verify with --anchor {head}").ConfigureAwait(false);
        return verified.Problems.Count == 0 ? ExitCode.Done : ExitCode.RefusedOrFailed;
    }

    private async Task<int> ShowAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var log = services.GetRequiredService<IAuditLog>();
        var (after, left) = (parsed.GetValue(_after), parsed.GetValue(_limit));
        while (left > 0)
        {
            var rows = await log.ReadAsync(after, Math.Min(left, Page), cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
                await parsed.InvocationConfiguration.Output.WriteLineAsync(row.Resource ?? Erased(row)).ConfigureAwait(false);
            if (rows.Count == 0)
                break;

            (after, left) = (rows[^1].Sequence, left - rows.Count);
        }

        return ExitCode.Done;
    }

    private static string Erased(AuditEntry row) =>
        System.Text.Json.JsonSerializer.Serialize(new { erased = true, sequence = row.Sequence, at = row.At, user = row.User, action = row.Action, outcome = row.Outcome, hash = row.Hash });
}
