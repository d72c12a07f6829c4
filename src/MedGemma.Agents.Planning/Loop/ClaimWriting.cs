using System.Text;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>
/// Lets a model write claims of what was found, verifies each as soon as it is written, and lets the model correct once those that are refused. A claim that is borne out is
/// told at once, whatever comes after it; one that is refused is never told. One turn; not thread-safe.
/// </summary>
/// <param name="agent">The writing agent.</param>
/// <param name="caller">Calls its model.</param>
/// <param name="binding">Verifies claims.</param>
/// <param name="observer">Told of each claim that is borne out, or null.</param>
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
            new(ChatRole.User, $"{question}\nFOUND\n{string.Concat(results.Select((result, i) => ResultTables.Write(result, i + 1, binding.Record)))}"),
        };
        var (refused, failure) = await WriteAsync(messages, WrittenClaim.MostClaims, cancellationToken).ConfigureAwait(false);

        // What broke off is not corrected: what it would have gone on to say is not known.
        if (failure is null && refused.Count > 0)
        {
            messages.Add(new ChatMessage(ChatRole.User, Correction(refused)));

            // A correction may mend what was refused; it is no second answer.
            var (stillRefused, broken) = await WriteAsync(messages, refused.Count, cancellationToken).ConfigureAwait(false);
            refused = broken is null ? stillRefused : refused;
        }

        return new WrittenAnswer([.. _supported], refused.ConvertAll(claim => claim.Claim), failure);
    }

    /// <summary>Has the model write, and takes each claim as it is completed.</summary>
    /// <returns>What was refused, and why what was written is not whole, or null.</returns>
    private async Task<(List<(Claim Claim, IReadOnlyList<string> Unsupported)> Refused, UnsureReason? Failure)> WriteAsync(
        List<ChatMessage> messages, int most, CancellationToken cancellationToken)
    {
        var (reader, refused, taken) = (new ClaimReader(), new List<(Claim, IReadOnlyList<string>)>(), 0);
        var reply = await caller.CallAsync(messages, (piece, cancel) => TakeAsync(reader.Add(piece), cancel), cancellationToken).ConfigureAwait(false);
        if (reply.Failure is { } failure)
            return (refused, failure);

        messages.Add(new ChatMessage(ChatRole.Assistant, reply.Text));
        if (WrittenClaim.Read(reply.Text) is not { } claims)
            return (refused, new UnsureReason.UnreadableOutput());

        // Those that were not passed on while they were written.
        await TakeAsync(claims.Skip(taken), cancellationToken).ConfigureAwait(false);
        return (refused, claims.Count == 0 ? new UnsureReason.EmptyOutput() : null);

        async ValueTask TakeAsync(IEnumerable<WrittenClaim> completed, CancellationToken cancel)
        {
            foreach (var written in completed)
            {
                if (taken++ < most && await VerifyAsync(written, cancel).ConfigureAwait(false) is { } refusal)
                    refused.Add(refusal);
            }
        }
    }

    private async ValueTask<(Claim Claim, IReadOnlyList<string> Unsupported)?> VerifyAsync(WrittenClaim written, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bound = binding.Bind(written);
        if (bound.Unsupported.Count > 0)
            return bound;
        if (_supported.Exists(claim => claim.Text == bound.Claim.Text))
            return null;

        _supported.Add(bound.Claim);
        if (observer is not null)
            await observer.ClaimedAsync(bound.Claim, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private static string Correction(List<(Claim Claim, IReadOnlyList<string> Unsupported)> refused)
    {
        var text = new StringBuilder("These sentences are not borne out by their evidence. Write each again, correctly, or leave it out:\n");
        foreach (var (claim, unsupported) in refused)
            text.Append("- \"").Append(DisplayText.Bound(claim.Text, 400)).Append("\": ").Append(DisplayText.Bound(string.Join("; ", unsupported), 400)).Append('\n');
        return text.ToString();
    }
}
