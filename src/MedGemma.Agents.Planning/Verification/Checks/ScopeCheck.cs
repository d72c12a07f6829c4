using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>What is said of everything must say of everything within what: the window, the concept and the conditions of the query.</summary>
internal sealed class ScopeCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        var isNone = context.ProvesAbsence && context.Result.Query.Element == ResultElement.Default;
        var isCount = context.Aggregate is CountAggregate;
        var isWhole = isNone || isCount || context.Aggregate is StatisticAggregate or ExtremeAggregate or DeltaAggregate or ChangedAggregate or TrendAggregate
            || context.Words.Any(word => Vocabulary.SuperlativeOf(word.Text) is Superlative.Only or Superlative.All);
        var needsFrom = isWhole || context.Aggregate is EarliestAggregate or NthAggregate { N: > 0 };
        var needsUntil = isWhole || context.Aggregate is LatestAggregate or NthAggregate { N: < 0 };

        if (!SaysWindow(context) && ((needsFrom && context.Window?.From is not null) || (needsUntil && context.Window?.Until is not null)) && !SaysBounds(context, needsFrom, needsUntil))
            yield return "the window is not said";
        if (context.Pieces.OfType<WindowPiece>().Any(piece => context.Before(piece) is WordPiece { Text: "before" or "after" or "until" or "since" or "from" or "through" or "till" or "to" or "up to" }))
            yield return "the window is not the one that was searched";
        if (!(isNone || isCount || IsChoice(context.Aggregate)))
            yield break;

        if (context.Selection.Statuses.Count + context.Selection.Verifications.Count > 0 && !context.Words.Any(word => Vocabulary.StatusOf(word.Text) is not null))
            yield return "only some statuses were searched";
        if (context.Selection.Concepts.Count > 0 && !context.Pieces.Any(FactChecks.IsName)
            && !context.Selection.Concepts.Any(concept => context.Claim.Text.Contains(concept, StringComparison.OrdinalIgnoreCase)))
            yield return "what was searched for is not named";
        if (context.Selection.IsOfCurrent && !context.Words.Any(word => Vocabulary.StatusOf(word.Text) == "active"))
            yield return "only what is current was searched";
        if (context.Selection.NotCounted.Count > 0 && !context.Selection.NotCounted.Any(label => context.Claim.Text.Contains(label, StringComparison.OrdinalIgnoreCase)))
            yield return "only what does not count was searched";
        if (context.Selection.Where is { } where && !where.Words.Append(ElementNames.Of(where.Element)).Any(words => context.Claim.Text.Contains(words, StringComparison.OrdinalIgnoreCase)))
            yield return $"a condition of the search is not said: {ElementNames.Of(where.Element)}";
        if (context.Selection.Value is { } filter && !SaysFilter(filter, context))
            yield return "the bound of the search is not said";
        if (context.Selection.WithinDaysOfPrevious is { } days && !context.Pieces.OfType<NumberPiece>().Any(number => number.Value == days))
            yield return "only what soon followed an earlier stay was searched";
        if ((context.Selection.BeganInWindow || context.Selection.RecordedInWindow) && !context.Says("began", "begun", "new", "started", "diagnosed", "onset"))
            yield return "only what began in the window was searched";
        if (context.Selection.Encounter is not null && !context.Pieces.Any(piece => piece is WindowPiece) && !context.Says("stay", "admission", "encounter", "visit", "hospitalization"))
            yield return "only one encounter was searched";
        if (context.Selection.Setting.Count > 0 && !context.Words.Any(word => context.Selection.Setting.Any(Vocabulary.KindsOf(word.Text).Contains)))
            yield return "only one setting was searched";
        if (context.Selection.WhereNot is { } not && !not.Words.Any(words => context.Claim.Text.Contains(words, StringComparison.OrdinalIgnoreCase)))
            yield return "what was left out is not said";

        foreach (var condition in new[] { context.Selection.Route, context.Selection.Via, context.Selection.NoteText }.OfType<string>())
        {
            if (!NameWords.Of(condition).Any(NameWords.Of(context.Claim.Text).Contains))
                yield return $"a condition of the search is not said: {condition}";
        }
    }

    private static bool IsChoice(Aggregate aggregate) =>
        aggregate is LatestAggregate or EarliestAggregate or NthAggregate or ExtremeAggregate or StatisticAggregate or DeltaAggregate or ChangedAggregate or TrendAggregate;

    private static bool SaysWindow(ClaimContext context) => context.Pieces.Any(piece => piece is WindowPiece);

    private static bool SaysBounds(ClaimContext context, bool needsFrom, bool needsUntil)
    {
        var dates = context.Pieces.OfType<DatePiece>().Select(piece => (piece.Date, Role: DateRoles.Of(piece, context))).ToList();
        var from = context.Window?.From;
        var until = context.Window?.Until;
        if (dates.Any(date => date.Role == DateRole.At && date.Date.IsInside(from, until) && date.Date.Precision != Records.Time.TimePrecision.Instant
            && context.Facts.All(fact => DateCheck.IsWindow(date.Date, date.Role, fact, context) || fact.InputTimes.Concat(fact.Times).All(date.Date.Names))))
            return true;
        return (!needsFrom || from is null || dates.Exists(date => date.Role is DateRole.From or DateRole.After && Bounds(date)))
            && (!needsUntil || until is null || dates.Exists(date => date.Role is DateRole.Until or DateRole.Before or DateRole.Through && Bounds(date)));

        bool Bounds((DateMention Date, DateRole Role) date) => DateCheck.IsWindow(date.Date, date.Role, context.Facts[0], context);
    }

    private static bool SaysFilter(ValueFilter filter, ClaimContext context) => filter.Comparison switch
    {
        ValueComparison.Abnormal => context.Claim.Text.Contains("abnormal", StringComparison.OrdinalIgnoreCase)
            || context.Claim.Text.Contains("outside", StringComparison.OrdinalIgnoreCase),
        ValueComparison.Normal => context.Claim.Text.Contains("normal", StringComparison.OrdinalIgnoreCase)
            || context.Claim.Text.Contains("inside", StringComparison.OrdinalIgnoreCase),
        ValueComparison.AboveRange => context.Says("high", "above"),
        ValueComparison.BelowRange => context.Says("low", "below"),
        ValueComparison.Susceptible => context.Claim.Text.Contains("susceptible", StringComparison.OrdinalIgnoreCase)
            || context.Claim.Text.Contains("sensitive", StringComparison.OrdinalIgnoreCase),
        ValueComparison.Resistant => context.Claim.Text.Contains("resistant", StringComparison.OrdinalIgnoreCase),
        ValueComparison.Between or ValueComparison.Outside => context.Says(filter.Comparison == ValueComparison.Between ? "between" : "outside")
            && context.Pieces.OfType<NumberPiece>().Any(number => number.Value == filter.Bound) && context.Pieces.OfType<NumberPiece>().Any(number => number.Value == filter.Upper),
        _ => context.Pieces.OfType<NumberPiece>().Any(number => number.Value == filter.Bound),
    };
}
