using System.Text;
using MedGemma.Agents.Sessions.Records;

namespace MedGemma.Agents.Host.Serving.Endpoints;

/// <summary><c>GET /</c> in Development: how to try it.</summary>
internal static class HomePage
{
    public static void MapHomePage(this WebApplication app) => app
        .MapGet("/", async (NamedRecordSource source, CancellationToken cancellationToken) =>
        {
            var patients = await source.Source.FindPatientsAsync("", 1, cancellationToken).ConfigureAwait(false);
            return TypedResults.Text(Describe(app.Urls.First(), patients.Count == 0 ? null : patients[0].Id), "text/plain", Encoding.UTF8);
        })
        .ExcludeFromDescription();

    /// <summary>What to type, for a person.</summary>
    /// <param name="address">Where this server listens.</param>
    /// <param name="patientId">A patient to try it with, or null when there is none.</param>
    public static string Describe(string address, string? patientId)
    {
        if (patientId is null)
            return $"medgemma serves {address}, but there are no patients: import some, or name files with --data.\n";

        return $$"""
            medgemma serves {{address}} to this machine only, without authentication (Development).

            Try a question:

              id=$(curl -s {{address}}/sessions -H 'Content-Type: application/json' -d '{"patient":"{{patientId}}"}' | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/')
              curl -N {{address}}/sessions/$id/questions -H 'Content-Type: application/json' -d '{"question":"What medications is the patient taking?"}'

            Find patients:      curl -s {{address}}/patients/search -H 'Content-Type: application/json' -d '{}'
            The API:            {{address}}/openapi/v1.json

            """;
    }
}
