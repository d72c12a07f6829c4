using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using MedGemma.Agents.Host.Commands.Suites;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Records.Store;

namespace MedGemma.Agents.Host.Commands;

/// <summary>The <c>medgemma</c> command line: every verb, and what their exit codes mean.</summary>
internal static class MedGemmaCommandLine
{
    /// <summary>Parses and runs one command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="error">Where the one clear line goes when something was refused or failed.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error) => RunAsync(args, CommandServices.Build, output, error);

    /// <summary>Parses and runs one command with other services.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="services">Makes the services of one run from settings by configuration key.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="error">Where the one clear line goes.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal static async Task<int> RunAsync(
        string[] args, Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Answers questions about a patient's FHIR R4 record, every sentence proved by the resources it rests on.")
        {
            AskCommand.Create(services, error),
            ServeCommand.Create(error),
            InferenceCommand.Create(),
            ModelsCommand.Create(),
            ImportCommand.Create(error),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            EraseCommand.Create(),
            AuditCommand.Create(),
            FixturesCommand.Create(),
            EvalCommand.Create(services, error),
            AcceptCommand.Create(services, error),
            KeyCommand.Create(),
            AgentsCommand.Create(services),
            McpCommand.Create(services, error),
            ReplayCommand.Create(services, error),
        };

        var parsed = root.Parse(QuestionPlacement.QuestionFirst(AcceptCommand.SuiteFirst(args)));
        if (parsed.Errors.Count > 0)
        {
            // Of an unknown verb the library says first that a verb is missing.
            var wrong = parsed.UnmatchedTokens is [var word, ..] && parsed.CommandResult.Command.Subcommands.Count > 0
                ? $"'{word}' is no verb of {parsed.CommandResult.Command.Name}"
                : WithoutType(parsed.Errors[0].Message.ReplaceLineEndings(" "));
            await error.WriteLineAsync($"medgemma: {wrong} (medgemma --help lists the verbs)").ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }

        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        try
        {
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (CommandRefusedException refused)
        {
            await error.WriteLineAsync($"medgemma: {refused.Message}").ConfigureAwait(false);
            return refused.ExitCode;
        }
        catch (StoreException refused)
        {
            await error.WriteLineAsync($"medgemma: {refused.Message}").ConfigureAwait(false);
            return ExitCode.RefusedOrFailed;
        }
        catch (DbException unreadable)
        {
            await error.WriteLineAsync($"medgemma: a database cannot be used: {unreadable.Message.ReplaceLineEndings(" ")} (where it is damaged, medgemma restore)").ConfigureAwait(false);
            return ExitCode.RefusedOrFailed;
        }
        catch (Exception misconfigured) when (ConfigurationProblem.Describe(misconfigured) is { } problem)
        {
            await error.WriteLineAsync($"medgemma: {problem}").ConfigureAwait(false);
            return ExitCode.RefusedOrFailed;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("medgemma: stopped before it was done").ConfigureAwait(false);
            return ExitCode.RefusedOrFailed;
        }
        catch (Exception defect)
        {
            // Its message may quote a record; the type and the place are enough to find it.
            var place = new StackTrace(defect).GetFrame(0)?.GetMethod();
            await error.WriteLineAsync($"medgemma: failed by a defect of its own: {defect.GetType().Name} in {place?.DeclaringType?.FullName}.{place?.Name}").ConfigureAwait(false);
            return ExitCode.RefusedOrFailed;
        }
    }

    /// <summary>The library ends what it cannot read with the name of a type.</summary>
    private static string WithoutType(string message) =>
        message.IndexOf(" as expected type '", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;
}
