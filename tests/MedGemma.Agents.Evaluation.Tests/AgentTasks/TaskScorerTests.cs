using MedGemma.Agents.Evaluation.AgentTasks;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;
using MedGemma.Agents.Evaluation.Suites;

namespace MedGemma.Agents.Evaluation.Tests.AgentTasks;

public sealed class TaskScorerTests
{
    private const string Time = "2026-01-02T08:00:00+01:00";

    private static readonly OrderContent.Medication s_drug = new(new OrderCode("s", "1", "drug"), 20, "mg");

    public static TheoryData<string, decimal, string?, string?, string[]> WrongValues() => new()
    {
        { "value", 4.2m, "mmol/L", Time, ["Observation/1"] },
        { "unit", 4.1m, "mg/dL", Time, ["Observation/1"] },
        { "no unit", 4.1m, null, Time, ["Observation/1"] },
        { "time", 4.1m, "mmol/L", "2026-01-02T09:00:00+01:00", ["Observation/1"] },
        { "no time", 4.1m, "mmol/L", null, ["Observation/1"] },
        { "no evidence", 4.1m, "mmol/L", Time, [] },
        { "other evidence", 4.1m, "mmol/L", Time, ["Observation/2"] },
        { "more evidence", 4.1m, "mmol/L", Time, ["Observation/1", "Observation/2"] },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void A_value_is_right_only_with_its_unit_its_time_and_exactly_its_evidence(string what, decimal amount, string? unit, string? time, string[] evidence)
    {
        var task = Task(new TaskGold.Value(4.1m, "mmol/L", Time), ["Observation/1"]);

        Assert.Equal(ItemOutcome.Right, TaskScorer.Score(task, new TaskAnswer.Value(4.10m, "mmol/L", "2026-01-02T07:00:00Z", ["Observation/1"])));
        Assert.True(TaskScorer.Score(task, new TaskAnswer.Value(amount, unit, time, evidence)) == ItemOutcome.Wrong, what);
    }

    [Theory]
    [InlineData(2.333, ItemOutcome.Right)]
    [InlineData(2.33, ItemOutcome.Right)]
    [InlineData(2.3, ItemOutcome.Wrong)]
    public void An_average_may_be_rounded_to_two_decimals_and_not_further(double said, ItemOutcome outcome) =>
        Assert.Equal(outcome, TaskScorer.Score(Task(new TaskGold.Value(7m / 3, "%", null), []), new TaskAnswer.Value((decimal)said, "%", null, [])));

    [Fact]
    public void One_order_of_the_right_content_on_the_right_evidence_is_right_and_anything_else_is_wrong()
    {
        var task = Task(new TaskGold.Order(s_drug), ["Observation/1"]);
        DraftOrder right = new(s_drug, "above", ["Observation/1", "Condition/1"]);

        Assert.Equal(ItemOutcome.Right, Score(right));
        Assert.Equal(ItemOutcome.Right, Score(right with { Content = s_drug with { Drug = new OrderCode("s", "1", "another name") } }));
        Assert.Equal(ItemOutcome.Wrong, Score(right with { Content = s_drug with { Dose = 200 } }));
        Assert.Equal(ItemOutcome.Wrong, Score(right with { Content = s_drug with { Unit = "ug" } }));
        Assert.Equal(ItemOutcome.Wrong, Score(right with { Content = new OrderContent.Service(new OrderCode("s", "1", "drug")) }));
        Assert.Equal(ItemOutcome.Wrong, Score(right with { Evidence = [] }));
        Assert.Equal(ItemOutcome.Wrong, Score(right with { Condition = " " }));
        Assert.Equal(ItemOutcome.Wrong, Score(right, right));
        Assert.Equal(ItemOutcome.Wrong, TaskScorer.Score(task, new TaskAnswer.NoOrder()));

        ItemOutcome Score(params DraftOrder[] drafts) => TaskScorer.Score(task, new TaskAnswer.Orders(drafts));
    }

    [Fact]
    public void Where_no_order_is_right_every_order_is_wrong()
    {
        var task = Task(new TaskGold.NoOrder(), ["Observation/1"]);

        Assert.Equal(ItemOutcome.Right, TaskScorer.Score(task, new TaskAnswer.NoOrder()));
        Assert.Equal(ItemOutcome.Right, TaskScorer.Score(task, new TaskAnswer.Orders([])));
        Assert.Equal(ItemOutcome.Wrong, TaskScorer.Score(task, new TaskAnswer.Orders([new DraftOrder(s_drug, "c", ["Observation/1"])])));
        Assert.Equal(ItemOutcome.Wrong, TaskScorer.Score(task, new TaskAnswer.None()));
        Assert.Equal(ItemOutcome.Unsure, TaskScorer.Score(task, new TaskAnswer.Unsure("?")));
    }

    [Fact]
    public void Doing_nothing_and_ordering_always_are_the_floors()
    {
        Assert.Equal(["do nothing"], TaskScorer.FloorsOf(Task(new TaskGold.NoOrder(), [])));
        Assert.Equal(["do nothing"], TaskScorer.FloorsOf(Task(new TaskGold.None(), [])));
        Assert.Equal(["always order"], TaskScorer.FloorsOf(Task(new TaskGold.Order(s_drug), [])));
        Assert.Empty(TaskScorer.FloorsOf(Task(new TaskGold.Value(1, "%", null), [])));
    }

    private static AgentTask Task(TaskGold gold, string[] evidence) => new("t", "p", DateTimeOffset.UnixEpoch, "c", "t", "i", "a", null, gold, evidence);
}
