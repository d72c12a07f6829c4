using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>A day or a month without a year that an appointment is asked of can lie ahead or back: the one that has an appointment is meant, and the coming one where both have.</summary>
internal sealed class AppointmentDates(IRecordQueryEngine engine)
{
    /// <summary>The query in the coming one, with what is said of it, or null when the one that was taken is meant.</summary>
    public (RecordQuery Query, string Reading)? Narrow(PatientRecord record, QuestionFrame frame, RecordQuery query, QueryContext context)
    {
        if (query.Selection is not { Kinds: [RecordKind.Appointment], Window: { From: { } from, Until: { } until } window } || until > context.AsOf || frame.Anchor is not null
            || !frame.Times.Any(phrase => phrase.Window.Text == window.Text && phrase.Reading is not null))
            return null;

        var ahead = query with { Selection = query.Selection with { Window = window with { From = NextYear(from), Until = NextYear(until) } } };
        return IsThere(record, ahead, context) || !IsThere(record, query, context)
            ? (ahead, $"\"{window.Text}\" is read as {NextYear(from).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}{(until - from > TimeSpan.FromHours(25) ? " and after" : "")}.")
            : null;
    }

    private static DateTimeOffset NextYear(DateTimeOffset moment) => moment.AddYears(1);

    private bool IsThere(PatientRecord record, RecordQuery query, QueryContext context) =>
        engine.Run(record, query with { Aggregate = new ExistsAggregate(), Element = ResultElement.Default }, context).Values is [{ Value.ValueKind: JsonValueKind.True }, ..];
}
