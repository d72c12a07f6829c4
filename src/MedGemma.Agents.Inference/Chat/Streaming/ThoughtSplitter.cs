using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Chat.Streaming;

/// <summary>
/// Separates thinking from the answer while both stream in, cut anywhere. A thought can only stand before the answer: markers within the answer are text, so
/// that what a note spells cannot hide what follows it.
/// </summary>
/// <param name="markersAreText">
/// True for servers that send markers as text. From an engine they come as control tokens, and the same letters as text are text.
/// </param>
internal sealed class ThoughtSplitter(bool markersAreText)
{
    private const string Title = "thought\n";

    private static readonly string Opening = ControlTokens.Spellings[ControlToken.StartOfThought];
    private static readonly string Closing = ControlTokens.Spellings[ControlToken.EndOfThought];

    private State _state = markersAreText ? State.BeforeAnything : State.BeforeText;
    private string _held = "";

    private enum State
    {
        /// <summary>A marker may still come as text.</summary>
        BeforeAnything,

        /// <summary>A marker may still come as a token.</summary>
        BeforeText,
        Title,
        Thought,

        /// <summary>White space between thought and answer belongs to neither.</summary>
        BeforeAnswer,
        Answer,
    }

    /// <summary>True while a thought is open.</summary>
    public bool IsThinking => _state is State.Title or State.Thought;

    /// <summary>Takes a control token.</summary>
    public IEnumerable<StreamedText> Push(ControlToken token)
    {
        if (token == ControlToken.StartOfThought && _state is State.BeforeText or State.BeforeAnything)
        {
            _state = State.Title;
            _held = "";
        }
        else if (token == ControlToken.EndOfThought && IsThinking)
        {
            var rest = Take(_held.Length);
            _state = State.BeforeAnswer;
            if (rest.Length > 0 && rest != Title.TrimEnd())
                yield return new StreamedText(true, rest);
        }
    }

    /// <summary>Takes text.</summary>
    public IEnumerable<StreamedText> Push(string text)
    {
        _held += text;
        for (var before = (State?)null; before != _state && _held.Length > 0;)
        {
            before = _state;
            foreach (var piece in Step())
                yield return piece;
        }
    }

    /// <summary>Gives what was held back, at the end of the output.</summary>
    public IEnumerable<StreamedText> Finish()
    {
        var rest = Take(_held.Length);
        if (_state is State.BeforeAnswer || rest.Length == 0)
            yield break;

        yield return new StreamedText(IsThinking, rest);
    }

    private IEnumerable<StreamedText> Step()
    {
        switch (_state)
        {
            case State.BeforeAnything:
                var start = _held.TrimStart();
                if (start.StartsWith(Opening, StringComparison.Ordinal))
                    (_held, _state) = (start[Opening.Length..], State.Title);
                else if (!Opening.StartsWith(start, StringComparison.Ordinal))
                    _state = State.Answer;
                break;
            case State.BeforeText:
                _state = State.Answer;
                break;
            case State.Title:
                if (_held.StartsWith(Title, StringComparison.Ordinal))
                    (_held, _state) = (_held[Title.Length..], State.Thought);
                else if (!Title.StartsWith(_held, StringComparison.Ordinal))
                    _state = State.Thought;
                break;
            case State.Thought:
                return Thought();
            case State.BeforeAnswer:
                _held = _held.TrimStart();
                if (_held.Length > 0)
                    _state = State.Answer;
                break;
            case State.Answer:
                return [new StreamedText(false, Take(_held.Length))];
        }

        return [];
    }

    private IEnumerable<StreamedText> Thought()
    {
        var end = markersAreText ? _held.IndexOf(Closing, StringComparison.Ordinal) : -1;
        var thought = Take(end >= 0 ? end : _held.Length - (markersAreText ? PartialMatch.Length(_held, Closing) : 0));
        if (end >= 0)
            (_held, _state) = (_held[Closing.Length..], State.BeforeAnswer);

        return thought.Length > 0 ? [new StreamedText(true, thought)] : [];
    }

    private string Take(int length)
    {
        var taken = _held[..length];
        _held = _held[length..];
        return taken;
    }
}
