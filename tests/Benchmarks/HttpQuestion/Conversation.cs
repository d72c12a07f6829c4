using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Benchmarks.HttpQuestion;

/// <summary>A session of the server, and what its grain remembers of earlier questions, so that the bare call reads a question in the same light.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="mostEarlier">Earlier questions that the server keeps.</param>
internal sealed class Conversation(string sessionId, int mostEarlier)
{
    private readonly List<EarlierQuestion> _earlier = [];

    /// <summary>The session.</summary>
    public string SessionId => sessionId;

    /// <summary>Earlier questions, oldest first.</summary>
    public IReadOnlyList<EarlierQuestion> Earlier => _earlier;

    /// <summary>Adds what a turn leaves behind.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Its answer.</param>
    public void Remember(string question, Answer answer)
    {
        _earlier.Add(new EarlierQuestion(question, [.. answer.Queries.Select(result => result.Query)]));
        if (_earlier.Count > mostEarlier)
            _earlier.RemoveAt(0);
    }
}
