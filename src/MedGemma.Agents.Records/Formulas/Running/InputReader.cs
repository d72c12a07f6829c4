using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Queries.Running;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Formulas.Running;

/// <summary>Looks the inputs of a formula up with record queries.</summary>
/// <param name="engine">Runs the queries.</param>
/// <param name="units">Tells units of unity.</param>
/// <param name="record">The record.</param>
/// <param name="context">Instant and zone of the question.</param>
/// <param name="window">The window of the question, or null.</param>
internal sealed class InputReader(IRecordQueryEngine engine, IUnitConverter units, PatientRecord record, QueryContext context, QueryWindow? window)
{
    private const string Unity = "1";
    private static readonly string[] s_unconfirmed = ["provisional", "differential", "unconfirmed"];

    /// <summary>The moment that the formula is for.</summary>
    public DateTimeOffset Moment { get; } = window?.Until is { } until && until < context.AsOf ? until : context.AsOf;

    /// <summary>Types that the question's own selection was chosen by and that were not completely supplied.</summary>
    /// <param name="selection">The selection.</param>
    public IEnumerable<string> MissingFor(RecordSelection selection) =>
        selection.RestsOn.SelectMany(kind => KindTypes.Of(kind, record)).Where(type => !record.Receipt.IsComplete(type));

    /// <summary>The queries that were run.</summary>
    public List<QueryResult> Results { get; } = [];

    /// <summary>Reads one input.</summary>
    public InputReading Read(FormulaInput input) => input switch
    {
        MeasuredInput measured => ReadMeasured(measured),
        AgeInput => ReadAge(input),
        SexInput => SexReading.Read(input, record),
        HistoryInput history => ReadHistory(history),
        _ => throw new InvalidOperationException($"A formula has an input of the unknown kind {input.GetType().Name}"),
    };

    private InputReading ReadMeasured(MeasuredInput input)
    {
        var from = Moment - input.Freshness;
        if (window?.From > from)
            from = window.From.Value;

        var result = Run(new RecordQuery(Selection(input.Kinds, [input.Name], from), new ListAggregate(), ResultElement.Value, input.Unit == Unity ? null : input.Unit));
        if (result.Concepts.Any(concept => concept.Ambiguous))
            return new InputReading.Open($"{input.Name} can mean several things of this record");
        if (result.Outcome == QueryOutcome.Failed)
            return input.IsOptional && result.Problem!.Code == "unknown-concept" ? new InputReading.Without() : new InputReading.Open($"{input.Name}: {result.Problem!.Message.TrimEnd('.')}");

        var all = result.Values.Select(value => Measure(input, value)).OfType<Measurement>().OrderByDescending(measurement => measurement.At).ToList();
        var usable = all.FindAll(measurement => measurement.Problem is null);
        if (usable.Count > 0)
            return new InputReading.Measured(input, usable, all.FindAll(measurement => measurement.Problem is not null));
        if (input.IsOptional && all.Count == 0)
            return new InputReading.Without();
        return new InputReading.Open(all.Count > 0 ? $"{input.Name} is recorded only as {all[0].Recorded} ({all[0].Problem})" : NotFound(input, from, result.Missing.Count == 0));
    }

    private string NotFound(MeasuredInput input, DateTimeOffset from, bool isComplete)
    {
        var where = isComplete ? "" : " in what was supplied";
        var ever = Run(new RecordQuery(Selection(input.Kinds, [input.Name], null), new LatestAggregate(), ResultElement.Value));
        return ever.Values is [{ Time: { } time }, ..]
            ? $"{input.Name} is not found{where} since {Day(from)} (the newest is of {time}, older than the {Days(input.Freshness)} that are allowed)"
            : $"{input.Name} is not found{where}";
    }

    private Measurement? Measure(MeasuredInput input, ResultValue value)
    {
        if (!RecordedMoment.TryParse(value.Time, context.Zone, out var when) || when.Start > Moment)
            return null;
        if (value.Value.ValueKind != JsonValueKind.Number || !value.Value.TryGetDecimal(out var number))
            return new Measurement(0, value, when.Start, "not a number");
        if (input.Unit == Unity && value.Unit is { } unit && !IsUnity(unit))
            return new Measurement(number, value, when.Start, $"in {unit}");
        if (value.Comparator is not null)
            return new Measurement(number, value, when.Start, "only a bound");

        return new Measurement(number, value, when.Start, number < input.Least || number > input.Most ? "not plausible" : null);
    }

    private bool IsUnity(string unit) =>
        unit is "{INR}" or "INR" or "ratio" or "{ratio}" or "{score}" or "points" or "" || units.TryConvert(1, unit, Unity, null, out var same) && same.Value == 1;

    private InputReading ReadAge(FormulaInput input)
    {
        var result = Run(new RecordQuery(new RecordSelection { Kinds = [RecordKind.Patient] }, new LatestAggregate(), ResultElement.Age), Moment);
        return result.Values is [{ Derivation: { } derivation } age, ..]
            ? new InputReading.Settled(input, derivation.Inputs, $"age {age.Value} years")
            : new InputReading.Open("the age is not known, for want of a whole birth date");
    }

    private InputReading ReadHistory(HistoryInput input)
    {
        var result = Run(new RecordQuery(Selection(input.Kinds, input.Concepts, input.Within is { } within ? Moment - within : null) with { CurrentOnly = input.CurrentOnly }, new ListAggregate(), ResultElement.Name));
        var named = result.Values.Where(value => !value.Qualifiers.Contains("family history")).DistinctBy(value => value.Evidence[0].Resource).ToList();
        var found = named.FindAll(value => !value.Qualifiers.Intersect(s_unconfirmed, StringComparer.OrdinalIgnoreCase).Any());
        if (result.Outcome == QueryOutcome.Found && found.Count >= input.Times)
        {
            var since = found.Where(value => value.Time is not null).Select(value => value.Time).FirstOrDefault();
            return new InputReading.Settled(input, [.. found.Select(value => Existence(value.Evidence[^1]))], since is null ? input.Name : $"{input.Name} ({since})");
        }

        return result switch
        {
            _ when found.Count < named.Count => new InputReading.Open($"{input.Name} is recorded, but not as confirmed"),
            { Problem: { } problem } => new InputReading.Open($"{input.Name}: {problem.Message.TrimEnd('.')}"),
            { Missing.Count: > 0 } => new InputReading.Open(
                $"{input.Name} is not found, and the record does not prove that {string.Join(", ", result.Missing)} is complete"),
            _ => new InputReading.Settled(input, [], input.Name),
        };
    }

    // The finding is that the resource is there, whatever it is called.
    private static Evidence Existence(Evidence evidence) => evidence with { Path = evidence.Resource.Type, Value = default, Unit = null };

    private RecordSelection Selection(IReadOnlyList<RecordKind> kinds, IReadOnlyList<string> concepts, DateTimeOffset? from) => new()
    {
        Kinds = kinds,
        Concepts = concepts,
        Window = from is null && window?.Until is null ? null : new QueryWindow(from, window?.Until),
    };

    private QueryResult Run(RecordQuery query, DateTimeOffset? asOf = null)
    {
        var result = engine.Run(record, query, asOf is { } moment ? context with { AsOf = moment } : context);
        Results.Add(result);
        return result;
    }

    private string Day(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, context.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Days(TimeSpan time) => time < TimeSpan.FromDays(2)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days");
}
