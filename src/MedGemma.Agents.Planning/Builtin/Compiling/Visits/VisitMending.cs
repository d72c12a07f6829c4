using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>Settles of visits and appointments what only the record tells: which stay is meant, whose end a date is, what an appointment is for.</summary>
internal sealed class VisitMending(IRecordQueryEngine engine)
{
    private readonly AppointmentPurpose _purposes = new(engine);
    private readonly AppointmentDates _dates = new(engine);
    private readonly StaysByEnd _ends = new(engine);
    private readonly FirstWardAfter _wards = new(engine);
    private readonly WhichStay _stays = new(engine);

    /// <summary>The query with what is said of the way it was read, if anything; or no query, with the reason why there is none.</summary>
    public (RecordQuery? Query, string? Reading) Mend(PatientRecord record, QuestionText question, QuestionFrame frame, RecordQuery query, QueryContext context)
    {
        if (FirstWardAfter.Applies(frame))
            return _wards.Narrow(record, query, context) is { } next ? (next, null) : (null, FirstWardAfter.Refusal);
        if (_purposes.InsteadOf(record, query, context) is { } called)
            return (called, null);
        if (_dates.Narrow(record, frame, query, context) is { } ahead)
            return ahead;
        if (frame.Anchor is null && _ends.Narrow(record, query, context) is { } ended)
            return (ended, null);
        return _stays.Narrow(record, frame, [.. question.Tokens.Select(token => token.Word)], query, context) is { } narrowed ? narrowed : (query, null);
    }
}
