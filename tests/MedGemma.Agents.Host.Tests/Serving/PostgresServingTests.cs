using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Maintenance;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions;
using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Tests.Doubles;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary><c>serve</c> with its sessions in a real PostgreSQL, two servers on one database among it.</summary>
public sealed class PostgresServingTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_over_HTTP_survives_its_server_and_goes_on_with_another()
    {
        postgres.Demand();
        var settings = Settings(await postgres.CreateSchemaAsync());
        string session;
        JsonElement told;
        await using (var first = await RunningServer.StartAsync(settings))
        {
            var patient = await first.FindPatientAsync();
            session = await first.CreateSessionAsync(patient.Id);
            told = await AskAsync(first, session, "What is the patient's birth date?", "key");
            Assert.Equal(patient.BirthDate, told.GetProperty("answer").GetProperty("values")[0].GetString());
        }

        await using var second = await RunningServer.StartAsync(settings);
        var replayed = await AskAsync(second, session, "What is the patient's birth date?", "key");
        var next = await AskAsync(second, session, "How old is the patient?", null);
        var shown = await second.Client.GetFromJsonAsync<JsonElement>($"/sessions/{session}", Stop);
        var reported = await second.Client.PostAsJsonAsync($"/sessions/{session}/turns/2/report-wrong", new { comment = "no" }, Stop);

        Assert.True(replayed.GetProperty("replayed").GetBoolean());
        Assert.True(JsonElement.DeepEquals(told.GetProperty("answer"), replayed.GetProperty("answer")));
        Assert.Equal(2, next.GetProperty("turn").GetInt32());
        Assert.Equal(2, shown.GetProperty("turns").GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, reported.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync("/health/ready", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await second.Client.DeleteAsync($"/sessions/{session}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await second.Client.GetAsync($"/sessions/{session}", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_patient_is_erased_when_no_server_anywhere_uses_the_database()
    {
        postgres.Demand();
        var connection = await postgres.CreateSchemaAsync();
        var folder = Directory.CreateTempSubdirectory("medgemma-erase-");
        var options = Options.Create(new StoreOptions { DataFolder = folder.FullName });
        var storage = new SessionStorage(new PatientSessionOptions { Database = SessionDatabaseKind.Postgres, ConnectionString = connection }, null);
        var records = new RecordStore(options, TimeProvider.System);
        var eraser = new PatientEraser(records, new StoreMaintenance(records, TimeProvider.System), storage, options, TimeProvider.System);
        string patient;
        await using (var server = await RunningServer.StartAsync(Settings(connection)))
        {
            patient = (await server.FindPatientAsync()).Id;
            await AskAsync(server, await server.CreateSessionAsync(patient), "How old is the patient?", null);

            // Its data folder is another one: only the database can tell.
            await Assert.ThrowsAsync<CommandRefusedException>(() => eraser.EraseAsync(patient, Stop));
        }

        var (_, conversations) = await eraser.EraseAsync(patient, Stop);

        Assert.Equal((1, 1), (conversations.Sessions, conversations.Turns));
        folder.Delete(recursive: true);
    }

    private static Dictionary<string, string?> Settings(string connection) => new()
    {
        ["MedGemma:Sessions:Database"] = "Postgres",
        ["MedGemma:Sessions:ConnectionString"] = connection,
    };

    private static async Task<JsonElement> AskAsync(RunningServer server, string session, string question, string? key)
    {
        ServerSentEvent? last = null;
        await foreach (var happened in RunningServer.ReadEventsAsync(await server.AskAsync(session, question, key)))
            last = happened;

        Assert.Equal("answered", last?.Name);
        using var json = JsonDocument.Parse(last!.Data);
        return json.RootElement.Clone();
    }
}
