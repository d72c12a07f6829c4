using MedGemma.Agents.Planning.Answers;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Models;

/// <summary>Says to one sort of client what <see cref="ChatOptions"/> have no words for, and what its failures mean. Safe for concurrent use.</summary>
public interface IModelDialect
{
    /// <summary>Puts hints into the options of a request.</summary>
    /// <param name="options">The options to change.</param>
    /// <param name="hints">What to say; none of it changes what a correct model answers.</param>
    void Say(ChatOptions options, ModelHints hints);

    /// <summary>Where rounding decided between tokens, as an update says it; null where it does not.</summary>
    /// <param name="update">An update of an answer.</param>
    IReadOnlyList<NearTie>? NearTies(ChatResponseUpdate update);

    /// <summary>What a client's exception means.</summary>
    /// <param name="failure">Whatever the client threw, cancellation left out.</param>
    UnsureReason Explain(Exception failure);
}
