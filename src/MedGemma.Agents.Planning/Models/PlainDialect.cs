using MedGemma.Agents.Planning.Answers;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Models;

/// <summary>For a client of which nothing is known: nothing is said, and every failure means that the model is lost.</summary>
public sealed class PlainDialect : IModelDialect
{
    /// <inheritdoc/>
    public void Say(ChatOptions options, ModelHints hints)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<NearTie>? NearTies(ChatResponseUpdate update) => null;

    /// <inheritdoc/>
    public UnsureReason Explain(Exception failure) => new UnsureReason.ModelLost();
}
