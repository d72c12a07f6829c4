using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>Reads the role of a date from the words before it.</summary>
internal static class DateRoles
{
    public static DateRole Of(Piece date, ClaimContext context)
    {
        for (var steps = 1; context.Before(date, steps) is { } before && steps <= 3; steps++)
        {
            switch (before.Text)
            {
                case "from" or "since" or "between" or "starting" or "started" or "beginning" or "began" or "begins" or "starts":
                    return DateRole.From;
                case "after":
                    return DateRole.After;
                case "up to" or "until" or "till" or "to" or "ended" or "ends" or "stopped" or "discontinued" or "by":
                    return DateRole.Until;
                case "and" when IsBetween(before, context):
                    return DateRole.Until;
                case "before":
                    return DateRole.Before;
                case "through":
                    return DateRole.Through;
                case "the" or "on" or "in" or "at" or "of" or "up" or "date" or "month" or "year":
                    continue;
                default:
                    return DateRole.At;
            }
        }

        return DateRole.At;
    }

    private static bool IsBetween(Piece and, ClaimContext context) =>
        context.Before(and) is DatePiece first && context.Before(first) is WordPiece { Text: "between" };
}
