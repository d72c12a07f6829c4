namespace MedGemma.Agents.Records.Formulas.Running;

/// <summary>Chooses the measurements that a formula takes: the newest of each, or the newest that were made together.</summary>
internal static class MeasurementChoice
{
    /// <summary>Chooses; null with a reason when there is no choice.</summary>
    /// <param name="readings">The measured inputs in the order of the formula, those that are needed first.</param>
    /// <param name="together">How far apart they may lie, or null.</param>
    /// <param name="problem">Why there is no choice.</param>
    public static IReadOnlyDictionary<MeasuredInput, Measurement>? Choose(IReadOnlyList<InputReading.Measured> readings, TimeSpan? together, out string? problem)
    {
        problem = null;
        var chosen = together is { } apart ? Together(readings, apart) : readings.ToDictionary(reading => reading.Input, reading => reading.Candidates[0]);
        if (chosen is null)
        {
            problem = $"{string.Join(", ", readings.Where(reading => !reading.Input.IsOptional).Select(reading => reading.Input.Name))} are not recorded within {Apart(together!.Value)} of each other";
            return null;
        }

        foreach (var reading in readings)
        {
            if (chosen.TryGetValue(reading.Input, out var taken) && reading.Candidates.Any(other => other.At == taken.At && other.Number != taken.Number))
                problem = $"values of {reading.Input.Name} that are recorded for the same time disagree";
        }

        return problem is null ? chosen : null;
    }

    private static Dictionary<MeasuredInput, Measurement>? Together(IReadOnlyList<InputReading.Measured> readings, TimeSpan apart)
    {
        if (readings.Count == 0)
            return [];

        foreach (var anchor in readings[0].Candidates)
        {
            var chosen = new Dictionary<MeasuredInput, Measurement> { [readings[0].Input] = anchor };
            foreach (var reading in readings.Skip(1))
            {
                var nearest = reading.Candidates.Where(other => Spread(chosen.Values.Append(other)) <= apart).MinBy(other => (other.At - anchor.At).Duration());
                if (nearest is not null)
                    chosen.Add(reading.Input, nearest);
                else if (!reading.Input.IsOptional)
                    break;
            }

            if (readings.All(reading => reading.Input.IsOptional || chosen.ContainsKey(reading.Input)))
                return chosen;
        }

        return null;
    }

    private static TimeSpan Spread(IEnumerable<Measurement> measurements)
    {
        var times = measurements.Select(measurement => measurement.At).ToList();
        return times.Max() - times.Min();
    }

    private static string Apart(TimeSpan time) => time switch
    {
        { TotalDays: > 2 } => $"{time.TotalDays:0} days",
        { TotalHours: >= 1 } => $"{time.TotalHours:0} hours",
        _ => $"{time.TotalMinutes:0} minutes",
    };
}
