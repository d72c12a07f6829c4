using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Host.Commands;

/// <summary>Finds the one patient that the command line means; never a near one.</summary>
internal static class PatientChoice
{
    private const int MostCompared = 50;

    /// <summary>The logical id: the words themselves when a patient has them as id, else the one patient with exactly that identifier.</summary>
    public static async Task<string> FindAsync(IRecordSource source, string words, CancellationToken cancellationToken)
    {
        var matches = await source.FindPatientsAsync(words, MostCompared, cancellationToken).ConfigureAwait(false);
        if (matches.Any(match => match.Id == words))
            return words;

        var exact = matches.Where(match => match.Identifiers.Contains(words, StringComparer.Ordinal)).ToArray();
        return exact switch
        {
            [var one] => one.Id,
            [] => throw new CommandRefusedException("--patient: no patient has that id or identifier"),
            _ => throw new CommandRefusedException("--patient: several patients have that identifier; give the logical id"),
        };
    }
}
