using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Asks what was decided about resuscitation: what holds, what held at a time, when and by whom it was decided, or all that ever was.</summary>
internal static class CodeStatusQuery
{
    private static readonly string[] s_names = ["code status", "resuscitation status", "do not resuscitate", "full code"];

    /// <summary>The query; a decision holds until the next, so that a time takes the last one up to its end.</summary>
    public static CompiledClause Compile(QuestionFrame frame, RecordSelection selection, Func<string, IReadOnlyList<RecordKind>, bool> stands, List<string> readings)
    {
        selection = selection with { Concepts = [s_names.FirstOrDefault(name => stands(name, [])) ?? s_names[0]], CurrentOnly = false };
        var element = frame.Asks.Who ? ResultElement.Performer : frame.Asking == Asking.Time ? ResultElement.Start : ResultElement.Default;
        if (selection.Window is { Until: { } until } window && element == ResultElement.Default)
        {
            selection = selection with { Window = new QueryWindow(null, until, window.Text) };
            readings.Add("What was decided last up to then is given.");
        }

        return new CompiledClause.Understood([new RecordQuery(selection, frame.Care.StatusHistory && element == ResultElement.Default ? new ListAggregate() : new LatestAggregate(), element)], readings);
    }
}
