using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>
/// Lets waiting sequences run: in their order, as far as there are slots and cells. An interactive one that finds none takes the place of the batch one that came last; the first of those
/// that have waited long keeps its place, or people who are always there would never let it end. One whose beginning another is just computing waits until it can start from there.
/// Owned by the decode thread, but for <see cref="Queue"/>.
/// </summary>
internal sealed class Admission(EngineCells cells, WaitingList waiting, EngineMetrics metrics, TimeProvider timeProvider, int shortestPrefix, bool fullWindow)
{
    // Room to write for a while before another must give way.
    private const int Headroom = 64;

    private int _queued;

    /// <summary>What waits.</summary>
    public WaitingList Waiting => waiting;

    /// <summary>Takes note of a request on its way into the queue, and says how many there are with it. Safe on any thread.</summary>
    public int Queue() => Interlocked.Increment(ref _queued);

    /// <summary>Takes back <see cref="Queue"/>. Safe on any thread.</summary>
    public void Unqueue() => Interlocked.Decrement(ref _queued);

    /// <summary>Takes note that a sequence has ended, whether it has run or not.</summary>
    public void LeftQueue(GenerationSequence sequence)
    {
        if (!sequence.HasRun)
            Unqueue();
    }

    /// <summary>Lets run what can.</summary>
    /// <param name="running">The running sequences; changed.</param>
    public void Admit(List<GenerationSequence> running)
    {
        foreach (var sequence in running)
            sequence.ForgetAwaited();
        if (waiting.Count == 0)
            return;

        var jobsWait = false;
        foreach (var next in waiting.InOrder())
        {
            var isJob = IsJob(next);
            if ((isJob && jobsWait) || StartsLikeOneThatIsRead(next, running))
                continue;
            if (!HasPlace(next, running))
            {
                if (!isJob)
                    return;

                // A job that has waited long goes before people where there is a place, but makes none; people behind it may take that of another job.
                jobsWait = true;
                continue;
            }

            waiting.Remove(next);
            cells.Enter(next, running);
            running.Add(next);
            if (next.HasRun)
                continue;

            LeftQueue(next);
            next.HasRun = true;
            metrics.Admitted(timeProvider.GetElapsedTime(next.Arrived), next.Request.Priority, next.CachedTokens, next.Prompt.Tokens.Length - next.CachedTokens);
        }
    }

    /// <summary>Takes the place of one of several running sequences away because cells have run out: of the job that may lose it, else of whoever came in last.</summary>
    public void GiveWay(List<GenerationSequence> running) => GiveWay(running, LastJob(running) ?? running.Last(sequence => sequence != KeptJob(running)));

    /// <summary>Takes a running sequence's place away; it goes on later, and until then as much as said of what it has computed is kept as long as there is room.</summary>
    public void GiveWay(List<GenerationSequence> running, GenerationSequence sequence, int keep = int.MaxValue)
    {
        cells.Leave(sequence, keep);
        running.Remove(sequence);
        waiting.Add(sequence);
        metrics.Preempted();
    }

    private bool HasPlace(GenerationSequence next, List<GenerationSequence> running)
    {
        while (!cells.HasFreeSlot || !Fits(next, running))
        {
            if (next.Request.Priority != GenerationPriority.Interactive || LastJob(running) is not { } last)
                return false;

            GiveWay(running, last);
        }

        return true;
    }

    private GenerationSequence? LastJob(List<GenerationSequence> running)
    {
        var kept = KeptJob(running);
        return running.Where(sequence => IsJob(sequence) && sequence != kept).MaxBy(sequence => sequence.Order);
    }

    private GenerationSequence? KeptJob(List<GenerationSequence> running) => running.Where(sequence => IsJob(sequence) && waiting.IsUrgent(sequence)).MinBy(sequence => sequence.Order);

    private static bool IsJob(GenerationSequence sequence) => sequence.Request.Priority == GenerationPriority.Batch;

    private bool Fits(GenerationSequence next, List<GenerationSequence> running) =>
        cells.MakeRoom(next.Length - cells.Match(next) + Math.Min(Headroom, next.MostTokens - next.Chooser.Written) + running.Sum(sequence => sequence.Pending));

    private bool StartsLikeOneThatIsRead(GenerationSequence next, List<GenerationSequence> running)
    {
        var match = cells.Match(next);
        foreach (var other in running.Where(other => other.Computed < other.Prompt.Tokens.Length))
        {
            var common = next.Prompt.CutLength(Math.Min(next.Keys.CommonPrefixLength(other.Keys), next.Length - 1));
            if (common < match + shortestPrefix)
                continue;

            if (common > other.Computed)
            {
                other.Await(common);
                return true;
            }

            if (fullWindow)
                cells.Keep(other, common);
        }

        return false;
    }
}
