using System.Security.Claims;
using MedGemma.Agents.Host.Serving.Messages;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Sessions.Access;
using MedGemma.Agents.Sessions.Audit;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MedGemma.Agents.Host.Serving.Endpoints;

/// <summary>Finding patients and seeing what there is of one; both are audited before anything is shown.</summary>
internal static class PatientEndpoints
{
    /// <summary>Characters of the longest id that can be a patient's (<see href="https://hl7.org/fhir/R4/datatypes.html#id"/> allows 64; some servers more).</summary>
    public const int LongestId = 256;

    private const int DefaultLimit = 20;
    private const int MostPatients = 200;

    public static void MapPatients(this IEndpointRouteBuilder routes)
    {
        var patients = routes.MapGroup("/patients").WithTags("Patients").ProducesCallerProblems();
        patients.MapPost("/search", SearchAsync).WithSummary("Finds patients by name, identifier or id.").ProducesBodyProblems();
        patients.MapGet("/{id}/overview", GetOverviewAsync)
            .WithSummary("Counts, date ranges, banners and receipt of one patient's record.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PatientSearchResponse>, ProblemHttpResult>> SearchAsync(
        PatientSearchRequest request,
        ClaimsPrincipal user,
        IPatientAccess access,
        NamedRecordSource source,
        ITurnStore store,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? DefaultLimit;
        if (limit is < 1 or > MostPatients)
            return Problems.Invalid("limit must be between 1 and 200.");

        var caller = user.ToCaller();
        var found = await FindAsync(source.Source, request.Text ?? "", limit, id => access.Allows(caller, id), cancellationToken).ConfigureAwait(false);

        // Whoever asks later who has seen a patient's name finds each search that showed it; what was typed is kept of none, because it may name somebody else.
        var row = new AuditRow(clock.GetUtcNow(), caller.Issuer, caller.User, AuditAction.SearchPatients, null, null, null, "done");
        await store.AuditAsync(found.Count == 0 ? [row] : [.. found.Select(match => row with { PatientId = match.Id })], cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new PatientSearchResponse(found));
    }

    /// <summary>The first patients that the caller may open; others are passed over as if they were not there.</summary>
    private static async Task<IReadOnlyList<PatientMatch>> FindAsync(
        IRecordSource source, string text, int limit, Predicate<string> isAllowed, CancellationToken cancellationToken)
    {
        const int Growth = 8;
        for (var looked = limit; ; looked = (int)Math.Min((long)looked * Growth, int.MaxValue))
        {
            var found = await source.FindPatientsAsync(text, looked, cancellationToken).ConfigureAwait(false);
            var allowed = found.Where(match => isAllowed(match.Id)).Take(limit).ToArray();
            if (allowed.Length == limit || found.Count < looked || looked == int.MaxValue)
                return allowed;
        }
    }

    private static async Task<Results<Ok<PatientOverview>, ProblemHttpResult>> GetOverviewAsync(
        string id,
        ClaimsPrincipal user,
        IPatientAccess access,
        RecordCache records,
        NamedRecordSource source,
        ITurnStore store,
        PatientOverviewReader reader,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        if (id.Length > LongestId)
            return Problems.PatientUnknown();

        // A patient whom the caller may not open is not looked for: neither the answer nor its delay tells them from one who is not there.
        var isAllowed = access.Allows(caller, id);
        var cached = isAllowed ? await records.GetAsync(source, id, RecordCache.FullGrant, cancellationToken).ConfigureAwait(false) : null;
        var outcome = !isAllowed ? "denied" : cached is null ? "not-found" : "done";
        var patient = outcome == "not-found" ? null : AuditedPatient.Of(id);
        await store.AuditAsync(
            new AuditRow(clock.GetUtcNow(), caller.Issuer, caller.User, AuditAction.ReadOverview, patient, null, null, outcome),
            cancellationToken).ConfigureAwait(false);
        return cached is null ? Problems.PatientUnknown() : TypedResults.Ok(reader.Read(cached.Record, clock.GetUtcNow()));
    }
}
