using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>
/// A date must be the fact's own time, an end of its period, the first or last of what it was computed from, or a bound of the query's window,
/// in the part it plays in the sentence.
/// </summary>
internal sealed class DateCheck : IFactCheck
{
    public bool Concerns(Piece piece) => piece is DatePiece;

    public bool Supports(Piece piece, Fact fact, ClaimContext context)
    {
        var date = ((DatePiece)piece).Date;
        var role = DateRoles.Of(piece, context);
        if (IsWindow(date, role, fact, context))
            return true;
        return fact.InputTimes.Count > 0 ? IsInputTime(date, role, piece, fact, context) || fact.Date is { } own && date.Names(own) : IsOwnTime(date, role, fact, context);
    }

    public string Describe(Piece piece, ClaimContext context) => $"date not in the evidence: {piece.Text}";

    /// <summary>Whether a date says a bound of the window, or a stretch that holds for the whole of what was found.</summary>
    internal static bool IsWindow(DateMention date, DateRole role, Fact fact, ClaimContext context)
    {
        var from = context.Window?.From;
        var until = context.Window?.Until;
        return role switch
        {
            DateRole.From => from is { } lower && date.Covers(lower),
            DateRole.After => from is { } lower && (date.EndsAt(lower) || date.Covers(lower)),
            DateRole.Before => until is { } upper && date.Covers(upper),

            // "Until 1 May" is said with and without the day itself.
            DateRole.Until => until is { } upper && (date.Covers(upper) || date.EndsAt(upper)),
            DateRole.Through => until is { } upper && (date.EndsAt(upper) || (date.Covers(upper) && !date.StartsAt(upper))),
            _ => (fact.Value is null || fact.Boolean == false || fact.Number == 0) && date.IsInside(from, until) && (from is not null || until is not null),
        };
    }

    private static bool IsInputTime(DateMention date, DateRole role, Piece piece, Fact fact, ClaimContext context) => role switch
    {
        DateRole.From => date.Names(fact.InputTimes[0]),
        DateRole.Until or DateRole.Through => date.Names(fact.InputTimes[^1]),
        DateRole.After or DateRole.Before => false,
        _ => PlaceAmongInputs(piece, context) switch
        {
            Superlative.Earliest => date.Names(fact.InputTimes[0]),
            Superlative.Latest => date.Names(fact.InputTimes[^1]),
            _ when context.Aggregate is ExistsAggregate => fact.InputTimes.Any(date.Names),
            _ when context.Aggregate is DeltaAggregate or ChangedAggregate or TrendAggregate or TimeBetweenAggregate =>
                date.Names(fact.InputTimes[0]) || date.Names(fact.InputTimes[^1]),
            _ => fact.InputTimes.All(date.Names) && date.IsInside(context.Window?.From, context.Window?.Until),
        },
    };

    private static bool IsOwnTime(DateMention date, DateRole role, Fact fact, ClaimContext context) => role switch
    {
        DateRole.From => !HappensAtOnce(fact) && fact.Times.Any(date.Names),
        DateRole.Until or DateRole.Through => fact.Ends.Any(date.Names)
            || (context.Result.Query.Element == ResultElement.End && fact.Date is { } end && date.Names(end)),
        DateRole.After or DateRole.Before => false,
        _ => fact.Times.Any(date.Names),
    };

    // A measurement or a dose is of its time and not since it.
    private static bool HappensAtOnce(Fact fact) =>
        fact.Resources.Count > 0 && fact.Resources.All(resource => resource.Key.Type is "Observation" or "Immunization" or "DiagnosticReport"
            or "MedicationAdministration" or "MedicationDispense" or "ImagingStudy" or "Media" or "Specimen" or "DocumentReference");

    // "first on 6 May": the nearest superlative before the date says which of the inputs it dates.
    internal static Superlative? PlaceAmongInputs(Piece piece, ClaimContext context)
    {
        for (var steps = 1; context.Before(piece, steps) is WordPiece before && !FactChecks.IsName(before); steps++)
        {
            if (Vocabulary.SuperlativeOf(before.Text) is Superlative.Earliest or Superlative.Latest)
                return Vocabulary.SuperlativeOf(before.Text);
        }

        return null;
    }
}
