using System.Security.Claims;
using MedGemma.Agents.Host.Serving.Messages;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MedGemma.Agents.Host.Serving.Endpoints;

/// <summary>Finding patients and seeing what there is of one; both are audited before anything is shown.</summary>
internal static class PatientEndpoints
{
    private const int DefaultLimit = 20;
    private const int MostPatients = 200;

    public static void MapPatients(this IEndpointRouteBuilder routes)
    {
        var patients = routes.MapGroup("/patients").WithTags("Patients");
        patients.MapPost("/search", SearchAsync).WithSummary("Finds patients by name, identifier or id.");
        patients.MapGet("/{id}/overview", GetOverviewAsync)
            .WithSummary("Counts, date ranges, banners and receipt of one patient's record.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PatientSearchResponse>, ProblemHttpResult>> SearchAsync(
        PatientSearchRequest request,
        ClaimsPrincipal user,
        NamedRecordSource source,
        IPatientAccess access,
        ITurnStore store,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? DefaultLimit;
        if (limit is < 1 or > MostPatients)
            return Problems.Invalid("limit must be between 1 and 200.");

        // The limit is of what the caller may see, so that others' patients do not crowd theirs out.
        var caller = user.ToCaller();
        var found = await source.Source.FindPatientsAsync(request.Text ?? "", int.MaxValue, cancellationToken).ConfigureAwait(false);
        found = [.. found.Where(patient => access.MayOpen(caller, patient.Id)).Take(limit)];
        await store.AuditAsync(
            new AuditRow(clock.GetUtcNow(), caller.Issuer, caller.User, AuditAction.SearchPatients, null, null, null, "done"),
            cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new PatientSearchResponse(found));
    }

    private static async Task<Results<Ok<PatientOverview>, ProblemHttpResult>> GetOverviewAsync(
        string id,
        ClaimsPrincipal user,
        RecordCache records,
        NamedRecordSource source,
        IPatientAccess access,
        ITurnStore store,
        PatientOverviewReader reader,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        var mayOpen = access.MayOpen(caller, id);
        var cached = mayOpen ? await records.GetAsync(source, id, RecordCache.FullGrant, cancellationToken).ConfigureAwait(false) : null;
        var outcome = !mayOpen ? "denied" : cached is null ? "not-found" : "done";
        await store.AuditAsync(
            new AuditRow(clock.GetUtcNow(), caller.Issuer, caller.User, AuditAction.ReadOverview, id, null, null, outcome),
            cancellationToken).ConfigureAwait(false);
        return cached is null ? Problems.PatientUnknown() : TypedResults.Ok(reader.Read(cached.Record, clock.GetUtcNow()));
    }
}
