using System.Runtime.CompilerServices;
using System.Text;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Plays the planner, the writer and the extractor of notes by a script, in pieces as a model writes them.</summary>
/// <param name="script">What an agent writes at its nth request, from 1.</param>
internal sealed class ScriptedAgents(Func<ScriptedAgents.Agent, int, IAsyncEnumerable<string>> script) : ITextGenerator
{
    private readonly List<(Agent Agent, string Prompt)> _requests = [];

    /// <summary>Who is asked.</summary>
    internal enum Agent
    {
        Planner,
        Writer,
        Extractor,
    }

    public GeneratorInfo Info { get; } = new("planner", 100_000);

    /// <summary>What was asked so far.</summary>
    public IReadOnlyList<(Agent Agent, string Prompt)> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Completes when a request is cancelled while it is written.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Writes the texts of each agent one after the other, and the last one from then on.</summary>
    public static ScriptedAgents Saying(string[] plans, string[] claims, string? findings = null) => new((agent, number) => Pieces(agent switch
    {
        Agent.Planner => plans[Math.Min(number, plans.Length) - 1],
        Agent.Writer => claims[Math.Min(number, claims.Length) - 1],
        _ => findings ?? throw new InvalidOperationException("No notes were to be read."),
    }));

    public static async IAsyncEnumerable<string> Pieces(params string[] pieces)
    {
        await Task.Yield();
        foreach (var piece in pieces)
            yield return piece;
    }

    public async IAsyncEnumerable<GenerationEvent> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prompt = string.Concat(request.Prompt.OfType<PromptPart.Text>().Select(part => part.Value));
        var agent = prompt.Contains("\nFOUND\n", StringComparison.Ordinal) ? Agent.Writer : prompt.Contains("\"passages\"", StringComparison.Ordinal) ? Agent.Extractor : Agent.Planner;
        int number;
        lock (_requests)
        {
            _requests.Add((agent, prompt));
            number = _requests.Count(other => other.Agent == agent);
        }

        try
        {
            yield return new GenerationEvent.Started(100, 0);
            await foreach (var piece in script(agent, number).WithCancellation(cancellationToken))
                yield return new GenerationEvent.Token(7, Encoding.UTF8.GetBytes(piece));

            yield return new GenerationEvent.Finished(GenerationEnd.EndOfTurn);
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
                Cancelled.TrySetResult();
        }
    }
}
