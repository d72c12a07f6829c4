using System.CommandLine;
using MedGemma.Agents.Evaluation;
using MedGemma.Agents.Evaluation.Suites.Comparing;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary><c>medgemma eval compare</c>: pairs two runs over the same items.</summary>
internal static class CompareCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var first = new Argument<string>("A") { Description = "The run that is compared with." };
        var second = new Argument<string>("B") { Description = "The run that is judged." };
        var command = new Command("compare", "Compares two runs of one suite, item by item.") { first, second };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var comparison = RunComparison.Of(
                    await ReadAsync(parsed.GetRequiredValue(first), cancellationToken).ConfigureAwait(false),
                    await ReadAsync(parsed.GetRequiredValue(second), cancellationToken).ConfigureAwait(false));
                ComparisonTextReport.Write(parsed.InvocationConfiguration.Output, comparison);
                return ExitCode.Done;
            }
            catch (EvaluationRefusedException refused)
            {
                throw new CommandRefusedException(refused.Message);
            }
        });
        return command;
    }

    /// <summary>Reads a run file.</summary>
    /// <exception cref="CommandRefusedException">It does not exist or cannot be read.</exception>
    public static async Task<Run> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new CommandRefusedException($"{path} does not exist");

        try
        {
            return await RunFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or EvaluationRefusedException)
        {
            throw new CommandRefusedException(unreadable.Message);
        }
    }
}
