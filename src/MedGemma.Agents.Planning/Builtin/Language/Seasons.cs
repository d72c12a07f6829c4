using System.Globalization;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Reads the seasons of the year by whole months (December to February is winter), as they are in the northern half of the world; the answer says which months were taken.</summary>
internal static class Seasons
{
    /// <summary>The season that begins at a token: "this autumn", "last winter", "in spring 2024"; of those without a year the last that has begun. Null when none does.</summary>
    /// <param name="question">The question.</param>
    /// <param name="at">Index of the first token.</param>
    /// <param name="now">The local instant of the question.</param>
    /// <param name="introduced">Whether a preposition of time or "this" or "last" stands before it.</param>
    public static Moment? Read(QuestionText question, int at, DateTime now, bool introduced)
    {
        var core = question[at] is "last" or "this" or "past" ? at + 1 : at;
        if (First(question[core]) is not { } month || !(introduced || core > at))
            return null;

        if (question[core + 1] is { Length: 4 } written && int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1800 and <= 2990)
            return Of(new TokenSpan(at, core + 2 - at), new DateTime(year, month, 1));

        var start = new DateTime(now.Year, month, 1);
        while (start > now || (question[at] is "last" or "past" && start.AddMonths(3) > now))
            start = start.AddYears(-1);
        return Of(new TokenSpan(at, core + 1 - at), start);
    }

    // "Fall" is left out: it is also what patients do.
    private static int? First(string word) => word switch
    {
        "spring" or "springtime" => 3,
        "summer" => 6,
        "autumn" => 9,
        "winter" => 12,
        _ => null,
    };

    private static Moment Of(TokenSpan span, DateTime start) =>
        new(span, start, start.AddMonths(3), false, $"as {start.ToString("MMMM yyyy", CultureInfo.InvariantCulture)} to {start.AddMonths(2).ToString("MMMM yyyy", CultureInfo.InvariantCulture)}");
}
