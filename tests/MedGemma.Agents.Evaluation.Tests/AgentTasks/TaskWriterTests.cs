using MedGemma.Agents.Evaluation.AgentTasks;
using MedGemma.Agents.Evaluation.AgentTasks.Generating;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;
using MedGemma.Agents.Evaluation.Synthesis;

namespace MedGemma.Agents.Evaluation.Tests.AgentTasks;

public sealed class TaskWriterTests
{
    private static readonly AgentTaskOptions s_options = new() { Patients = 16 };

    private static readonly IReadOnlyList<AgentTask> s_tasks =
        [.. Enumerable.Range(0, s_options.Patients).SelectMany(number => TaskWriter.Write(PatientSynthesizer.Chart(number, s_options.Synthesis), s_options.Seed))];

    [Fact]
    public void There_are_values_averages_and_conditional_orders_of_every_outcome()
    {
        Assert.Equal(
            ["average-in-window", "conditional-medication", "conditional-test", "latest-in-window", "test-due"],
            s_tasks.Select(task => task.Category).Distinct().Order(StringComparer.Ordinal));
        foreach (var type in new[] { "latest-in-window-none", "conditional-medication", "conditional-medication-forbidden", "conditional-medication-not-met", "conditional-test-not-met", "test-due", "test-due-not-met" })
            Assert.Contains(s_tasks, task => task.Type == type);
    }

    [Fact]
    public void Neither_ordering_always_nor_never_is_a_good_guess()
    {
        var orders = s_tasks.Where(task => task.Protocol is not null).ToList();
        var right = orders.Count(task => task.Gold is TaskGold.Order);

        Assert.InRange(right, orders.Count * 3 / 10, orders.Count * 7 / 10);
    }

    [Fact]
    public void An_order_is_gold_exactly_where_the_value_calls_for_it_and_nothing_forbids_it() =>
        Assert.All(s_tasks.Where(task => task.Protocol is { When.Comparison: not ProtocolComparison.Absent }), task =>
        {
            Assert.Single(task.Evidence);
            Assert.Equal(task.Gold is TaskGold.Order, !task.Type.EndsWith("-not-met", StringComparison.Ordinal) && !task.Type.EndsWith("-forbidden", StringComparison.Ordinal));
        });

    [Fact]
    public void The_instruction_says_all_that_the_protocol_says() =>
        Assert.All(s_tasks.Where(task => task.Protocol is { When.Bound: not null }), task =>
        {
            var code = task.Protocol!.Order switch { OrderContent.Medication drug => drug.Drug.Code, OrderContent.Service service => service.Test.Code, _ => "?" };
            Assert.Contains(code, task.Instruction, StringComparison.Ordinal);
            Assert.Contains($"{task.Protocol.When.Bound} {task.Protocol.When.Unit}", task.Instruction, StringComparison.Ordinal);
            Assert.Equal(task.Protocol.Unless is not null, task.Instruction.Contains(", unless ", StringComparison.Ordinal));
        });

    [Fact]
    public async Task Tasks_are_read_from_their_file_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        var small = s_options with { Patients = 3 };
        var written = AgentTaskFiles.Write(folder.Path, small, TestContext.Current.CancellationToken);

        var tasks = await AgentTaskFile.ReadAsync(Path.Combine(folder.Path, "tasks.jsonl"), TestContext.Current.CancellationToken);

        Assert.Equal(written, tasks.Count);
        Assert.Equal(
            s_tasks.Where(task => tasks.Any(other => other.Patient == task.Patient)).Select(task => AgentTaskFile.Line(task)),
            tasks.Select(task => AgentTaskFile.Line(task)));
    }
}
