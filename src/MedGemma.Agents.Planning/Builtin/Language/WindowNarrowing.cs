using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>What several windows of one question leave together.</summary>
internal static class WindowNarrowing
{
    /// <summary>The intersection; null when there is no window.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="narrowed">The common part, null when there are none.</param>
    /// <returns>False when they share no moment.</returns>
    public static bool TryNarrow(IReadOnlyList<QueryWindow> windows, out QueryWindow? narrowed)
    {
        narrowed = null;
        foreach (var window in windows)
        {
            if (narrowed is null)
            {
                narrowed = window;
                continue;
            }

            var common = new TimeInterval(narrowed.From, narrowed.Until).Intersect(new TimeInterval(window.From, window.Until));
            if (common is not { } shared)
                return false;

            narrowed = new QueryWindow(shared.Start, shared.End, $"{narrowed.Text}, {window.Text}");
        }

        return true;
    }
}
