using System.Text;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>Lets a model write claims of what was found, verifies each, and lets it correct once those that are refused. One turn; not thread-safe.</summary>
/// <param name="agent">The writing agent.</param>
/// <param name="caller">Calls its model.</param>
/// <param name="binding">Verifies claims.</param>
/// <param name="observer">Told of each claim once its verdict is final, or null.</param>
internal sealed class ClaimWriting(AgentDefinition agent, AgentCaller caller, ClaimBinding binding, IAnswerObserver? observer)
{
    private readonly List<Claim> _supported = [];

    /// <summary>Writes and verifies.</summary>
    /// <param name="question">The question with its instant, as the planner read it.</param>
    /// <param name="results">The results of the turn.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    public async Task<WrittenAnswer> RunAsync(string question, IReadOnlyList<QueryResult> results, CancellationToken cancellationToken)
    {
        var messages = new List<ChatMessage>
        {
            new(ChatRole.System, agent.Prompt),
            new(ChatRole.User, $"{question}\nFOUND\n{string.Concat(results.Select((result, i) => ResultTables.Write(result, i + 1)))}"),
        };
        var (written, failure) = await WriteAsync(messages, cancellationToken).ConfigureAwait(false);
        if (written is null)
            return new WrittenAnswer([], [], failure);

        var refused = await VerifyAsync(written, cancellationToken).ConfigureAwait(false);
        if (refused.Count > 0)
        {
            messages.Add(new ChatMessage(ChatRole.User, Correction(refused)));
            var (corrected, _) = await WriteAsync(messages, cancellationToken).ConfigureAwait(false);

            // A correction may mend what was refused; it is no second answer.
            if (corrected is not null)
                refused = await VerifyAsync([.. corrected.Take(refused.Count)], cancellationToken).ConfigureAwait(false);
        }

        var dropped = refused.ConvertAll(claim => claim.Claim);
        if (observer is not null)
        {
            foreach (var claim in dropped)
                await observer.ClaimedAsync(claim, cancellationToken).ConfigureAwait(false);
        }

        return new WrittenAnswer([.. _supported], dropped, null);
    }

    private async Task<(IReadOnlyList<WrittenClaim>? Claims, UnsureReason? Failure)> WriteAsync(List<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var reply = await caller.CallAsync(messages, cancellationToken).ConfigureAwait(false);
        if (reply.Failure is { } failure)
            return (null, failure);

        messages.Add(new ChatMessage(ChatRole.Assistant, reply.Text));
        return WrittenClaim.Read(reply.Text) switch
        {
            null => (null, new UnsureReason.UnreadableOutput()),
            [] => (null, new UnsureReason.EmptyOutput()),
            var claims => (claims, null),
        };
    }

    private async Task<List<(Claim Claim, IReadOnlyList<string> Unsupported)>> VerifyAsync(IReadOnlyList<WrittenClaim> written, CancellationToken cancellationToken)
    {
        var refused = new List<(Claim, IReadOnlyList<string>)>();
        foreach (var one in written)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bound = binding.Bind(one);
            if (bound.Unsupported.Count > 0)
            {
                refused.Add(bound);
            }
            else if (!_supported.Exists(claim => claim.Text == bound.Claim.Text))
            {
                _supported.Add(bound.Claim);
                if (observer is not null)
                    await observer.ClaimedAsync(bound.Claim, cancellationToken).ConfigureAwait(false);
            }
        }

        return refused;
    }

    private static string Correction(List<(Claim Claim, IReadOnlyList<string> Unsupported)> refused)
    {
        var text = new StringBuilder("These sentences are not borne out by their evidence. Write each again, correctly, or leave it out:\n");
        foreach (var (claim, unsupported) in refused)
            text.Append("- \"").Append(DisplayText.Bound(claim.Text, 400)).Append("\": ").Append(DisplayText.Bound(string.Join("; ", unsupported), 400)).Append('\n');
        return text.ToString();
    }
}
