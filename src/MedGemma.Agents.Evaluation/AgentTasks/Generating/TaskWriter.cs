using System.Globalization;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Gold;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.AgentTasks.Generating;

/// <summary>Writes the tasks of one patient from what the simulation knows. Not safe for concurrent use.</summary>
internal sealed class TaskWriter
{
    private const int SeriesAsked = 5;

    private static readonly int[] Windows = [7, 30, 90, 180, 365, 730];

    private readonly ClinicalChart _chart;
    private readonly GoldView _view;
    private readonly Pcg32 _random;
    private readonly List<AgentTask> _tasks = [];

    private TaskWriter(ClinicalChart chart, ulong seed)
    {
        _chart = chart;
        _view = new GoldView(chart, chart.Life.Now);
        _random = new SeedStream(seed, chart.Life.Number, "agent-tasks").Random;
    }

    /// <summary>Writes every task of a patient.</summary>
    public static IReadOnlyList<AgentTask> Write(ClinicalChart chart, ulong seed)
    {
        var writer = new TaskWriter(chart, seed);
        var series = MeasurementQuestions.Series(writer._view).Where(writer.IsPlain).ToList();
        foreach (var one in series.OrderBy(_ => writer._random.Next(1000)).Take(SeriesAsked))
            writer.AskValues(one);

        // Nothing is ordered for the dead.
        if (chart.Life.Death is null)
            writer.AskOrders(series);

        return writer._tasks;
    }

    private static string Ask(string statistic, string name, int days) => string.Create(CultureInfo.InvariantCulture, $"What was the {statistic} {name} in the last {days} days?");

    private static bool IsAlone(List<Fact> series, Fact fact) => series.Count(other => other.When == fact.When) == 1;

    /// <summary>Whether nothing about a series can be argued: one unit, every result a number, no trap of missing or impossible values.</summary>
    private bool IsPlain(List<Fact> series) =>
        MeasurementQuestions.IsOneUnit(series) && series.TrueForAll(fact => fact.HasPlainNumber)
        && !(series[0].Key == "temperature" && _view.HasTrap("implausible-unit")) && !(series[0].Key == "potassium" && _view.HasTrap("data-absent-reason"));

    /// <summary>Whether no result is so near a window's edge that a reading in whole calendar days would count it otherwise.</summary>
    private bool IsClear(List<Fact> series, int days)
    {
        var edge = _view.Now.AddDays(-days);
        return series.TrueForAll(fact => fact.When < edge.AddDays(-2) || fact.When > edge.AddDays(2));
    }

    private List<Fact> Inside(List<Fact> series, int days) => [.. series.Where(fact => fact.When >= _view.Now.AddDays(-days))];

    private void AskValues(List<Fact> series)
    {
        var name = _random.Pick(series[0].Asked);
        var clear = Windows.Where(days => IsClear(series, days)).ToList();
        var filled = clear.Where(days => Inside(series, days) is [.., var last] && IsAlone(series, last)).ToList();
        var empty = clear.Where(days => Inside(series, days).Count == 0).ToList();
        if (filled.Count > 0)
            AskLatest(series, name, _random.Pick(filled));

        if (empty.Count > 0 && _random.Chance(50))
            AskLatest(series, name, _random.Pick(empty));

        var several = clear.Where(days => Inside(series, days).Count > 1).ToList();
        if (several.Count > 0)
            AskAverage(series, name, _random.Pick(several));
    }

    private void AskLatest(List<Fact> series, string name, int days)
    {
        var last = Inside(series, days).LastOrDefault();
        TaskGold gold = last is null ? new TaskGold.None() : new TaskGold.Value(last.Value!.Value, last.Unit!, last.WhenText);
        Add(
            "latest-in-window",
            last is null ? "latest-in-window-none" : "latest-in-window",
            $"Give the latest {name} of the last {days} days with its unit and the time it was taken. If there is none in that time, say that none is recorded.",
            Ask("latest", name, days), null, gold, last is null ? [] : [last.Reference]);
    }

    private void AskAverage(List<Fact> series, string name, int days)
    {
        var inside = Inside(series, days);
        Add(
            "average-in-window", "average-in-window",
            $"Give the average of all {name} values of the last {days} days with its unit, rounded to two decimals at most.",
            Ask("average", name, days), null, new TaskGold.Value(inside.Average(fact => fact.Value!.Value), inside[0].Unit!, null), [.. inside.Select(fact => fact.Reference)]);
    }

    private void AskOrders(List<List<Fact>> plain)
    {
        foreach (var protocol in ProtocolCatalogue.OnValues)
        {
            if (plain.Find(series => series[0].Key == protocol.Key) is { } series && CanBeDecided(protocol.Blocker))
                AskOrder(series, protocol);
        }

        foreach (var (test, days) in ProtocolCatalogue.Due)
        {
            var series = MeasurementQuestions.Series(_view).FirstOrDefault(series => series[0].Key == test.Key) ?? [];
            if (IsClear(series, days))
                AskDue(series, test, days);
        }
    }

    /// <summary>Whether the chart says of the blocker either yes or no: where nothing is recorded about allergies, neither can be said; what an order's state is must be free of doubt.</summary>
    private bool CanBeDecided(ProtocolBlocker? blocker) => blocker?.Kind switch
    {
        null => true,
        FactKind.Allergy => _view.Of(FactKind.Allergy).Count > 0 || _view.HasTrap("coded-no-known-allergy"),
        _ => _view.Known.Where(fact => fact.Kind == blocker.Kind && blocker.Keys.Contains(fact.Key)).All(fact => fact.Trap is null),
    };

    private void AskOrder(List<Fact> series, SeriesProtocol protocol)
    {
        var windows = Windows.Where(days => IsClear(series, days) && Inside(series, days) is [.., var last] && IsAlone(series, last)).ToList();
        if (windows.Count == 0)
            return;

        var days = _random.Pick(windows);
        var latest = Inside(series, days)[^1];
        var unit = latest.Unit!;
        bool Triggers(decimal bound) => new ProtocolCondition(protocol.Comparison, bound, unit).Holds(latest.Value!.Value);
        var wanted = _random.Chance(60);
        var fitting = protocol.Bounds.Where(bound => Triggers(bound) == wanted).ToList();
        var bound = _random.Pick(fitting.Count > 0 ? fitting : protocol.Bounds);
        var blocking = protocol.Blocker is { } blocker ? _view.Of(blocker.Kind).Where(fact => fact.Current && blocker.Keys.Contains(fact.Key)).ToList() : [];
        var name = _random.Pick(series[0].Asked);
        var word = protocol.Comparison.ToString().ToLowerInvariant();
        var unless = protocol.Blocker is { Words: var words } ? $", {words}" : string.Empty;
        TaskGold gold = Triggers(bound) && blocking.Count == 0 ? new TaskGold.Order(protocol.Order) : new TaskGold.NoOrder();
        var category = protocol.Order is OrderContent.Medication ? "conditional-medication" : "conditional-test";
        Add(
            category,
            gold is TaskGold.Order ? category : Triggers(bound) ? $"{category}-forbidden" : $"{category}-not-met",
            string.Create(CultureInfo.InvariantCulture, $"If the latest {name} of the last {days} days is {word} {bound} {unit}, draft an order for {Describe(protocol.Order)}{unless}. Otherwise, or if there is no such value, draft nothing."),
            Ask("latest", name, days),
            new Protocol(new ProtocolCondition(protocol.Comparison, bound, unit), protocol.Blocker?.Question, protocol.Order),
            gold,
            [latest.Reference]);
    }

    private void AskDue(List<Fact> series, LabTest test, int days)
    {
        var inside = Inside(series, days);
        var order = ProtocolCatalogue.OrderOf(test);
        Add(
            "test-due",
            inside.Count == 0 ? "test-due" : "test-due-not-met",
            $"If no {test.Asked[0]} was measured in the last {days} days, draft an order for {Describe(order)}. Otherwise draft nothing.",
            Ask("latest", test.Asked[0], days),
            new Protocol(new ProtocolCondition(ProtocolComparison.Absent, null, null), null, order),
            inside.Count == 0 ? new TaskGold.Order(order) : new TaskGold.NoOrder(),
            []);
    }

    private static string Describe(OrderContent order) => order switch
    {
        OrderContent.Medication drug => string.Create(CultureInfo.InvariantCulture, $"{drug.Drug.Display} (RxNorm {drug.Drug.Code}), dose {drug.Dose} {drug.Unit}"),
        OrderContent.Service { Test: var test } => $"{test.Display} ({(test.System == Systems.Loinc ? "LOINC" : "SNOMED CT")} {test.Code})",
        _ => throw new InvalidOperationException("An order is for a drug or a service."),
    };

    private void Add(string category, string type, string instruction, string ask, Protocol? protocol, TaskGold gold, IReadOnlyList<string> evidence) => _tasks.Add(new AgentTask(
        string.Create(CultureInfo.InvariantCulture, $"t{_chart.Life.Number}-{_tasks.Count + 1:D2}"),
        _chart.Life.PatientId, _view.Now, category, type, instruction, ask, protocol, gold, evidence));
}
