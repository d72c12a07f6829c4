namespace MedGemma.Agents.Evaluation.RecordQuestions;

/// <summary>Shares patients out in EHRQA's proportions 42 : 20 : 19 (arXiv 2507.05201), every kind of life as evenly as it goes.</summary>
internal static class PatientSplits
{
    /// <summary>Number of patients of EHRQA that are split.</summary>
    public const int Patients = 42 + 20 + 19;

    private static readonly (PatientSplit Split, int Share)[] Shares = [(PatientSplit.Training, 42), (PatientSplit.Validation, 20), (PatientSplit.Test, 19)];

    /// <summary>Kinds of life that the generator makes in turn.</summary>
    private const int Kinds = 8;

    /// <summary>The split of each patient by number from 0.</summary>
    /// <param name="patients">Number of patients.</param>
    public static IReadOnlyList<PatientSplit> Of(int patients)
    {
        var splits = new PatientSplit[patients];
        var given = new int[Shares.Length];

        // Along the patients of one kind, then of the next: the split that lags furthest behind its share gets the next one.
        foreach (var (place, number) in Enumerable.Range(0, patients).OrderBy(number => number % Kinds).ThenBy(number => number).Index())
        {
            var next = Enumerable.Range(0, Shares.Length).MaxBy(split => (Shares[split].Share * (place + 1)) - (given[split] * Patients));
            given[next]++;
            splits[number] = Shares[next].Split;
        }

        return splits;
    }
}
