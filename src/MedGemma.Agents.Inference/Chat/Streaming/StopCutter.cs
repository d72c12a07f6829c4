namespace MedGemma.Agents.Inference.Chat.Streaming;

/// <summary>Ends an answer before the first stop text, which may arrive cut anywhere; holds back what may turn out to be the beginning of one.</summary>
/// <param name="stops">The stop texts; none of them empty.</param>
internal sealed class StopCutter(IReadOnlyList<string> stops)
{
    private string _held = "";

    /// <summary>True once a stop text has been met; nothing is given after it.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes a piece and gives what certainly stands before any stop text.</summary>
    public string Push(string text)
    {
        if (Stopped)
            return "";

        _held += text;
        var found = stops.Select(stop => _held.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        if (found >= 0)
        {
            Stopped = true;
            return Take(found);
        }

        return Take(_held.Length - stops.Select(stop => PartialMatch.Length(_held, stop)).DefaultIfEmpty(0).Max());
    }

    /// <summary>Gives what was held back, at the end of the output.</summary>
    public string Finish() => Stopped ? "" : Take(_held.Length);

    private string Take(int length)
    {
        var taken = _held[..length];
        _held = _held[length..];
        return taken;
    }
}
