using System.Threading.Channels;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Sessions.Events;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Sessions.Tests.Grains;

/// <summary>A turn that is stopped says by whom.</summary>
public sealed class TurnRunnerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ScriptedAnswerer _answerer = new();
    private readonly FakeRecordSource _source = new();

    [Fact]
    public async Task The_user_the_time_and_the_server_are_told_apart()
    {
        using var user = new CancellationTokenSource();
        using var server = new CancellationTokenSource();

        Assert.Equal(SessionProblem.Cancelled, await StopAsync(user.Cancel, user.Token, CancellationToken.None));
        Assert.Equal(SessionProblem.ServerStopped, await StopAsync(server.Cancel, CancellationToken.None, server.Token));
        Assert.Equal(SessionProblem.TimedOut, await StopAsync(() => _clock.Advance(TimeSpan.FromHours(1)), CancellationToken.None, CancellationToken.None));
    }

    private async Task<SessionProblem> StopAsync(Action stop, CancellationToken user, CancellationToken server)
    {
        var meters = new FixedMeterFactory();
        using var records = new RecordCache(new RecordBuilder(TimeZoneInfo.Utc), Options.Create(new RecordCacheOptions()), _clock, meters);
        using var runner = new TurnRunner(records, new NamedRecordSource("fake", _source), _answerer, _clock, Options.Create(new PatientSessionOptions()), meters, NullLogger<TurnRunner>.Instance);
        _source.Put("p1");
        var session = new SessionRow(SessionKey.Create(), "i", "u", "p1", AskerRole.Clinician, _clock.GetUtcNow());
        var events = Channel.CreateUnbounded<SessionEvent>();
        var turn = runner.RunAsync(session, new ChartQuestion("wait", _clock.GetUtcNow(), AskerRole.Clinician, []), null, new ChannelAnswerObserver(events.Writer), user, server);
        await _answerer.Waiting;
        stop();
        return (await turn).Problem;
    }
}
