namespace MedGemma.Agents.Inference.Engine;

/// <summary>
/// Threads of the processor for one engine. One core is left to the rest of the process, and what computes at the same time gets cores of its own: ggml's threads wait for each other by
/// spinning, and slow each other down where there are more of them than cores.
/// </summary>
/// <param name="Decode">Threads that compute the text model.</param>
/// <param name="Vision">Threads that compute the vision tower; 0 where there is none on the processor.</param>
public sealed record ThreadShare(int Decode, int Vision)
{
    /// <summary>Most threads of one engine on this machine.</summary>
    public static int Most => Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Divides them.</summary>
    /// <param name="asked">So many are asked for; null, or more than <paramref name="most"/>, for that.</param>
    /// <param name="towerOnProcessor">Whether there is a vision tower that runs on the processor.</param>
    /// <param name="most">Most that there may be.</param>
    public static ThreadShare Of(int? asked, bool towerOnProcessor, int most)
    {
        var all = Math.Min(asked ?? most, most);
        var vision = towerOnProcessor ? Math.Max(1, all / 2) : 0;
        return new(Math.Max(1, all - vision), vision);
    }
}
