using System.Globalization;

namespace MedGemma.Benchmarks;

/// <summary>
/// Pairs that may be spread over several runs of the same build: with <c>--pairs=FILE</c> each pair is added to a file as soon as it is run (a line: work, milliseconds of
/// candidate and baseline), and figures are those of all pairs of that work in it. <c>--count=N</c> says how many pairs this run adds.
/// </summary>
internal sealed class PairSeries
{
    private const string FileOption = "--pairs=";
    private const string CountOption = "--count=";

    private readonly string? _file;
    private readonly int _count;

    /// <summary>Reads the options.</summary>
    /// <param name="arguments">Arguments of a benchmark.</param>
    /// <param name="count">Pairs of a run that names no number.</param>
    public PairSeries(string[] arguments, int count)
    {
        _file = Value(FileOption);
        _count = Value(CountOption) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : count;
        Rest = [.. arguments.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal))];

        string? Value(string option) => Array.FindLast(arguments, argument => argument.StartsWith(option, StringComparison.Ordinal))?[option.Length..];
    }

    /// <summary>The arguments that are no options.</summary>
    public string[] Rest { get; }

    /// <summary>Runs pairs, the order within a pair alternating, and compares all there are of this work.</summary>
    /// <param name="work">Its name.</param>
    /// <param name="warmups">Pairs that are run before and not counted.</param>
    /// <param name="candidate">The work under test.</param>
    /// <param name="baseline">What it is compared with.</param>
    public (PairedRatio Ratio, int Pairs) Measure(string work, int warmups, Action candidate, Action baseline)
    {
        for (var i = 0; i < warmups; i++)
        {
            candidate();
            baseline();
        }

        var pairs = Read(work);
        for (var i = 0; i < _count; i++)
        {
            var pair = PairedRatio.Pair(candidate, baseline, candidateFirst: pairs.Count % 2 == 0);
            pairs.Add(pair);
            if (_file is not null)
                File.AppendAllText(_file, string.Create(CultureInfo.InvariantCulture, $"{work}\t{pair.Candidate:F3}\t{pair.Baseline:F3}\n"));
        }

        return (PairedRatio.Of(pairs, seed: 1), pairs.Count);
    }

    private List<(double Candidate, double Baseline)> Read(string work) => _file is null || !File.Exists(_file)
        ? []
        : [.. File.ReadLines(_file).Select(line => line.Split('\t')).Where(fields => fields[0] == work)
            .Select(fields => (double.Parse(fields[1], CultureInfo.InvariantCulture), double.Parse(fields[2], CultureInfo.InvariantCulture)))];
}
