using System.Text;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Records.Queries;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>
/// Lets a model ask the record until it has what it needs. Only the JSON plan is carried out, call by call; what is wrong with a call is told to the model, once. One
/// turn; not thread-safe.
/// </summary>
/// <param name="caller">Calls its model.</param>
/// <param name="plugin">Its tools, for a kernel.</param>
/// <param name="tools">Its tools.</param>
/// <param name="context">The record and the list that results are added to.</param>
/// <param name="results">That list.</param>
internal sealed class PlanningLoop(AgentCaller caller, RecordPlugin plugin, IReadOnlyList<IRecordTool> tools, RecordToolContext context, List<QueryResult> results)
{
    private const int LongestEcho = 2000;

    /// <summary>A plan that is no use is answered with why; the second in a row ends the turn.</summary>
    private const int MostUselessSteps = 2;

    private readonly RecordKernel _kernel = plugin.Bind(context);
    private readonly Dictionary<string, string> _asked = new(StringComparer.Ordinal);
    private bool _closed;
    private bool _wasRefusedText;

    /// <summary>Whether the plan asked for free text of the record and was given none, not even later.</summary>
    public bool LacksText => _wasRefusedText && !_closed;

    /// <summary>Runs to an end.</summary>
    /// <param name="messages">The first messages; the model's plans and what came of them are added.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    public async Task<PlanningEnd> RunAsync(List<ChatMessage> messages, CancellationToken cancellationToken)
    {
        UnsureReason? useless = null;
        for (var uselessSteps = 0; ;)
        {
            var reply = await caller.CallAsync(messages, cancellationToken).ConfigureAwait(false);
            if (reply.Failure is { } failure)
                return new PlanningEnd.Stopped(failure);

            string feedback;
            switch (PlanOutput.Read(reply.Text))
            {
                case PlanOutput.GiveUp(var why):
                    return new PlanningEnd.Stopped(new UnsureReason.GaveUp(why));
                case PlanOutput.Done when results.Count > 0:
                    return new PlanningEnd.Ready();
                case PlanOutput.Done:
                    (useless, feedback) = (new UnsureReason.NothingAsked(), "Nothing was asked of the record yet. Ask, or give up.");
                    break;
                case PlanOutput.Ask(var calls):
                    var step = await CarryOutAsync(calls, cancellationToken).ConfigureAwait(false);
                    if (step.Stop is not null)
                        return new PlanningEnd.Stopped(step.Stop);
                    if (_closed)
                        return new PlanningEnd.Ready();
                    (useless, feedback) = (step.Useless, step.Text);
                    break;
                case null:
                    (useless, feedback) = (new UnsureReason.UnreadableOutput(), "That was no plan. Write one JSON object that matches the schema, and nothing else.");
                    break;
                case var other:
                    throw new InvalidOperationException($"A plan of the unknown kind {other.GetType().Name}.");
            }

            uselessSteps = useless is null ? 0 : uselessSteps + 1;
            if (uselessSteps >= MostUselessSteps)
                return new PlanningEnd.Stopped(useless!);

            messages.Add(new ChatMessage(ChatRole.Assistant, reply.Text.Length <= LongestEcho ? reply.Text : reply.Text[..LongestEcho]));
            messages.Add(new ChatMessage(ChatRole.User, caller.Budget.IsNextStepLast ? feedback + "\nNothing more can be asked: answer, or give up." : feedback));
        }
    }

    private async Task<(string Text, UnsureReason? Useless, UnsureReason? Stop)> CarryOutAsync(IReadOnlyList<PlannedCall> calls, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var (repeated, isOfUse) = (0, false);
        foreach (var call in calls)
        {
            if (_asked.TryGetValue(call.Canonical, out var before))
            {
                repeated++;
                text.Append("Asked before: ").Append(before).Append('\n');
                continue;
            }

            if (!caller.Budget.TakeQuery())
                return ("", null, new UnsureReason.BudgetSpent(TurnBudgetKind.Queries));

            var outcome = await InvokeAsync(call, cancellationToken).ConfigureAwait(false);
            isOfUse |= outcome is not ToolOutcome.Failed;
            _asked[call.Canonical] = Take(outcome, text);
            if (_closed)
                break;
        }

        return (text.ToString(), isOfUse ? null : repeated > 0 ? new UnsureReason.Repeating() : new UnsureReason.WrongCalls(), null);
    }

    private async Task<ToolOutcome> InvokeAsync(PlannedCall call, CancellationToken cancellationToken)
    {
        var outcome = await _kernel.InvokeAsync(call.Tool, call.Arguments, cancellationToken).ConfigureAwait(false);
        if (tools.Any(tool => tool.Name == call.Tool && tool.ClosesPlanning))
        {
            _closed |= outcome is not ToolOutcome.Failed;
            _wasRefusedText |= outcome is ToolOutcome.Failed;
        }

        return outcome;
    }

    /// <summary>Adds what a call gave to the results and to the text for the model.</summary>
    /// <returns>What is said when the same is asked again.</returns>
    private string Take(ToolOutcome outcome, StringBuilder text)
    {
        switch (outcome)
        {
            case ToolOutcome.Queried(var given):
                var first = results.Count + 1;
                foreach (var result in given)
                {
                    results.Add(result);
                    text.Append(ResultTables.Write(result, results.Count, context.Record));
                }

                return $"{new ResultHandle(first, null)} is what was found.";
            case ToolOutcome.Explained(var explanation):
                text.Append(explanation).Append('\n');
                return "it was answered above.";
            case ToolOutcome.Failed(var failure):
                text.Append("Not done. ").Append(PlanningPrompt.Failure(failure)).Append('\n');
                return "it could not be done.";
            default:
                throw new InvalidOperationException($"An outcome of the unknown kind {outcome.GetType().Name}.");
        }
    }
}
