using MedGemma.Agents.Evaluation.AgentTasks;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;
using MedGemma.Agents.Evaluation.AgentTasks.Performing;
using MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;
using MedGemma.Agents.Evaluation.Tests.Suites;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Evaluation.Tests.AgentTasks;

public sealed class TaskAgentTests
{
    private static readonly OrderContent.Service s_order = new(new OrderCode("http://loinc.org", "1", "a test"));

    private static readonly AgentTask s_task = new(
        "t", "p", DateTimeOffset.UnixEpoch, "c", "t", "If the latest K is above 5 mmol/L, draft a test.", "Latest K?",
        new Protocol(new ProtocolCondition(ProtocolComparison.Above, 5, "mmol/L"), "Forbidden?", s_order), new TaskGold.NoOrder(), []);

    private static Answer Unsure => Answers.Of("?") with { Status = AnswerStatus.Unsure };

    private static Answer None => Answers.Of("none") with { Status = AnswerStatus.NoneRecorded };

    [Fact]
    public async Task A_protocol_whose_condition_holds_proposes_its_order_with_the_value_and_its_evidence()
    {
        var orders = Assert.IsType<TaskAnswer.Orders>(await PerformAsync(Potassium(5.6m), Answers.Of("no", false)));

        var draft = Assert.Single(orders.Drafts);
        Assert.Equal((s_order, "Latest K? 5.6 mmol/L, which is above 5 mmol/L."), (draft.Content, draft.Condition));
        Assert.Equal(["Observation/k"], draft.Evidence);
    }

    [Fact]
    public async Task No_order_is_proposed_where_the_condition_does_not_hold_or_something_forbids_it()
    {
        Assert.IsType<TaskAnswer.NoOrder>(await PerformAsync(Potassium(5.0m), Answers.Of("no", false)));
        Assert.IsType<TaskAnswer.NoOrder>(await PerformAsync(None, Answers.Of("no", false)));
        Assert.IsType<TaskAnswer.NoOrder>(await PerformAsync(Potassium(5.6m), Answers.Of("yes", true)));
    }

    [Fact]
    public async Task What_is_not_known_for_sure_proposes_nothing()
    {
        Assert.IsType<TaskAnswer.Unsure>(await PerformAsync(Unsure, Answers.Of("no", false)));
        Assert.IsType<TaskAnswer.Unsure>(await PerformAsync(Potassium(5.6m), Unsure));
        Assert.IsType<TaskAnswer.Unsure>(await PerformAsync(Potassium(5.6m) with { Unit = "mg/dL" }, Answers.Of("no", false)));
        Assert.IsType<TaskAnswer.Unsure>(await PerformAsync(Answers.Of("two", 5.6m, 5.7m), Answers.Of("no", false)));
    }

    [Fact]
    public async Task An_absence_that_is_due_needs_a_proved_absence()
    {
        var due = s_task with { Protocol = new Protocol(new ProtocolCondition(ProtocolComparison.Absent, null, null), null, s_order) };

        Assert.IsType<TaskAnswer.Orders>(await PerformAsync(None, Unsure, due));
        Assert.IsType<TaskAnswer.NoOrder>(await PerformAsync(Potassium(4), Unsure, due));
        Assert.IsType<TaskAnswer.Unsure>(await PerformAsync(Unsure, Unsure, due));
    }

    [Fact]
    public async Task A_model_asks_the_chart_and_drafts_with_the_evidence_it_was_given()
    {
        var model = new ScriptedChatClient(messages => messages.Count switch
        {
            2 => "<unused94>thought\nask first<unused95>{\"ask\": \"What is the latest potassium?\"}",
            _ when messages[^1].Text.Contains("Observation/k", StringComparison.Ordinal) => Draft("Patient/p"),
            _ => "{}",
        });

        var orders = Assert.IsType<TaskAnswer.Orders>(await PerformAsync(model));

        Assert.Equal(["Observation/k"], Assert.Single(orders.Drafts).Evidence);
        Assert.DoesNotContain(model.Calls.SelectMany(call => call.Messages), message => message.Text.Contains("Latest K?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("I think it is 4.1.", "a reply is no JSON object")]
    [InlineData("[1]", "a reply is no JSON object")]
    [InlineData("{\"tool\":\"delete\"}", "a reply of no known kind")]
    [InlineData("{\"none\":false}", "a reply of no known kind")]
    [InlineData("{\"value\":\"4.1\"}", "a reply of no known kind")]
    [InlineData("{\"value\":4.1,\"evidence\":[1]}", "evidence is no list of texts")]
    [InlineData("{\"orders\":[{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}]}", "an order is neither MedicationRequest nor ServiceRequest")]
    [InlineData("{\"orders\":[1]}", "an order is no FHIR resource")]
    [InlineData("<unused94>thought\n{\"none\":true}", "the thinking was cut off")]
    public async Task A_reply_that_cannot_be_read_is_named_and_not_guessed_at(string reply, string problem) =>
        Assert.Equal(new TaskAnswer.Unreadable(problem), await PerformAsync(new ScriptedChatClient(_ => reply)));

    [Fact]
    public async Task An_order_for_another_patient_is_refused() =>
        Assert.Equal(new TaskAnswer.Unreadable("an order is not for this patient"), await PerformAsync(new ScriptedChatClient(_ => Draft("Patient/q"))));

    [Fact]
    public async Task A_model_that_only_asks_is_stopped()
    {
        var model = new ScriptedChatClient(_ => "{\"ask\":\"again?\"}");

        Assert.Equal(new TaskAnswer.Unreadable("no answer within 8 steps"), await PerformAsync(model));
        Assert.Equal(8, model.Calls.Count);
    }

    private static string Draft(string subject) =>
        $$"""
        ```json
        {"orders":[{"resourceType":"ServiceRequest","status":"draft","intent":"proposal","code":{"coding":[{"system":"http://loinc.org","code":"1"}]},
        "subject":{"reference":"{{subject}}"},"reasonCode":[{"text":"K 5.6 is above 5"}],"supportingInfo":[{"reference":"Observation/k"}]}]}
        ```
        """;

    private static Answer Potassium(decimal value) => Answers.Of("K", value) with
    {
        Unit = "mmol/L",
        Claims = [Answers.Claim(Verdict.Supported, null, Answers.Evidence("Observation/k", "Observation.value", value))],
    };

    private static Task<TaskAnswer> PerformAsync(Answer latest, Answer forbidden, AgentTask? task = null)
    {
        var answerer = new ScriptedAnswerer((question, _) => Task.FromResult(question.Text == "Forbidden?" ? forbidden : latest));
        return new ProtocolAgent(answerer).PerformAsync(Record(), task ?? s_task, TestContext.Current.CancellationToken);
    }

    private static Task<TaskAnswer> PerformAsync(ScriptedChatClient model) =>
        new ModelTaskAgent(model, new ScriptedAnswerer((_, _) => Task.FromResult(Potassium(5.6m)))).PerformAsync(Record(), s_task, TestContext.Current.CancellationToken);

    private static PatientRecord Record() => HandMadeRecords.Of(Answers.Receipt, """{"resourceType":"Patient","id":"p"}""");
}
