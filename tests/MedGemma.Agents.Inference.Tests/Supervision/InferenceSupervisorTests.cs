using System.Globalization;
using System.Threading.Channels;
using MedGemma.Agents.Inference.Supervision;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.Supervision;

/// <summary>Real processes, of the shell; the clock is the test's.</summary>
public sealed class InferenceSupervisorTests : IDisposable
{
    private const string Serves = "echo 'inference: ready'; cat > /dev/null";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _logger = new();
    private readonly LoadingQueue _loading = new();
    private readonly Channel<SupervisorState> _states = Channel.CreateUnbounded<SupervisorState>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_is_ready_is_up_and_ends_with_its_supervisor()
    {
        var supervisor = Supervise(Serves);
        await supervisor.ReadyAsync(Token);
        Assert.True(IsRunning(supervisor.ProcessId!.Value));
        var id = supervisor.ProcessId!.Value;
        await supervisor.DisposeAsync();

        Assert.Equal([SupervisorState.Loading, SupervisorState.Up, SupervisorState.Stopped], await StatesAsync(3));
        Assert.False(IsRunning(id));
        await Assert.ThrowsAsync<InvalidOperationException>(() => supervisor.ReadyAsync(Token));
    }

    [Fact]
    public async Task A_killed_process_is_started_again_after_a_pause()
    {
        await using var supervisor = Supervise(Serves);
        await supervisor.ReadyAsync(Token);
        supervisor.Kill();
        Assert.Equal([SupervisorState.Loading, SupervisorState.Up, SupervisorState.Pausing], await StatesAsync(3));
        var ready = supervisor.ReadyAsync(Token);
        Assert.False(ready.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await ready;
        Assert.Equal([SupervisorState.Loading, SupervisorState.Up], await StatesAsync(2));
    }

    [Fact]
    public async Task Pauses_grow_and_a_crash_loop_is_given_up_loudly_until_a_reload()
    {
        var broken = true;
        await using var supervisor = Supervise(() => broken ? "exit 7" : Serves, new SupervisionOptions { MostCrashes = 3 });
        Assert.Equal([SupervisorState.Loading, SupervisorState.Pausing], await StatesAsync(2));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([SupervisorState.Loading, SupervisorState.Pausing], await StatesAsync(2));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SupervisorState.Pausing, supervisor.State);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([SupervisorState.Loading, SupervisorState.GivenUp], await StatesAsync(2));
        Assert.Contains(_logger.Collector.GetSnapshot(), line => line.Level == LogLevel.Critical && line.Message.Contains("ended 3 times", StringComparison.Ordinal));
        await Assert.ThrowsAsync<InvalidOperationException>(() => supervisor.ReadyAsync(Token));

        broken = false;
        await supervisor.ReloadAsync(Token);
        Assert.Equal(SupervisorState.Up, supervisor.State);
    }

    [Fact]
    public async Task Crashes_that_lie_far_apart_are_forgiven()
    {
        await using var supervisor = Supervise(Serves, new SupervisionOptions { MostCrashes = 2, CrashWindow = TimeSpan.FromMinutes(1) });
        for (var i = 0; i < 4; i++)
        {
            await supervisor.ReadyAsync(Token);
            _time.Advance(TimeSpan.FromMinutes(2));
            supervisor.Kill();
            Assert.Equal([SupervisorState.Loading, SupervisorState.Up, SupervisorState.Pausing], await StatesAsync(3));
            var ready = supervisor.ReadyAsync(Token);
            _time.Advance(TimeSpan.FromSeconds(30));
            await ready;
        }
    }

    [Fact]
    public async Task A_reload_is_a_new_process_without_a_pause()
    {
        await using var supervisor = Supervise(Serves);
        await supervisor.ReadyAsync(Token);
        var first = supervisor.ProcessId;
        await Task.WhenAll(supervisor.ReloadAsync(Token), supervisor.ReloadAsync(Token));
        Assert.NotEqual(first, supervisor.ProcessId);
        Assert.False(IsRunning(first!.Value));
    }

    [Fact]
    public async Task A_process_that_does_not_load_in_time_is_killed()
    {
        await using var supervisor = Supervise("sleep 1000", new SupervisionOptions { StartTimeout = TimeSpan.FromMinutes(1), MostCrashes = 1 });
        while (supervisor.ProcessId is null)
            await Task.Delay(5, Token);

        var deadline = TimeProvider.System.GetTimestamp();
        while (supervisor.State != SupervisorState.GivenUp && TimeProvider.System.GetElapsedTime(deadline) < Patience)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(5, Token);
        }

        Assert.Equal(SupervisorState.GivenUp, supervisor.State);
    }

    [Fact]
    public async Task A_process_that_does_not_stop_is_killed()
    {
        var supervisor = Supervise("echo 'inference: ready'; while true; do sleep 1000; done", new SupervisionOptions { StopTimeout = TimeSpan.Zero });
        await supervisor.ReadyAsync(Token);
        await supervisor.DisposeAsync();
        Assert.Equal(SupervisorState.Stopped, supervisor.State);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_given_up()
    {
        await using var supervisor = new InferenceSupervisor(
            "planner on cpu", () => InferenceProcess.Start(new InferenceLaunch("/nowhere/medgemma", []), [], "planner on cpu", _logger), new SupervisionOptions { MostCrashes = 1 }, _loading, _time, _logger, Note);
        Assert.Equal([SupervisorState.Loading, SupervisorState.GivenUp], await StatesAsync(2));
    }

    [Fact]
    public async Task Its_lines_are_logged_at_their_severity()
    {
        await using (var supervisor = Supervise("echo '<3>engine: an error'; echo '<6>a line' >&2; echo 'native text' >&2; " + Serves))
            await supervisor.ReadyAsync(Token);

        var lines = _logger.Collector.GetSnapshot().Select(line => (line.Level, line.Message)).ToList();
        Assert.Contains((LogLevel.Error, "planner on cpu: engine: an error"), lines);
        Assert.Contains((LogLevel.Information, "planner on cpu: a line"), lines);
        Assert.Contains((LogLevel.Information, "planner on cpu: native text"), lines);
    }

    [Fact]
    public async Task One_process_loads_at_a_time_and_the_next_when_it_serves_or_has_ended()
    {
        // Each says when it begins, and is told through a file when to go on.
        var folder = Directory.CreateTempSubdirectory("loading-").FullName;
        try
        {
            await using var first = Supervise(Held("a", "echo 'inference: ready'; cat > /dev/null"));
            await using var second = Supervise(Held("b", "exit 7"), new SupervisionOptions { MostCrashes = 1 });
            await using var third = Supervise(Held("c", "echo 'inference: ready'; cat > /dev/null"));
            Assert.Equal(["a"], await BegunAsync(1));
            Go("a");
            await first.ReadyAsync(Token);
            Assert.Equal(["a", "b"], await BegunAsync(2));
            Go("b");
            Assert.Equal(["a", "b", "c"], await BegunAsync(3));
            Go("c");
            await third.ReadyAsync(Token);
            await Assert.ThrowsAsync<InvalidOperationException>(() => second.ReadyAsync(Token));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string Held(string name, string then) => $"echo {name} >> {folder}/begun; while [ ! -e {folder}/{name} ]; do sleep 0.01; done; {then}";

        void Go(string name) => File.WriteAllText(Path.Combine(folder, name), "");

        async Task<string[]> BegunAsync(int count)
        {
            var file = Path.Combine(folder, "begun");
            while (!File.Exists(file) || (await File.ReadAllLinesAsync(file, Token)).Length < count)
                await Task.Delay(5, Token);

            return await File.ReadAllLinesAsync(file, Token);
        }
    }

    [Fact]
    public async Task A_process_that_waits_for_its_turn_to_load_can_be_stopped()
    {
        await using var first = Supervise("sleep 1000", new SupervisionOptions { StopTimeout = TimeSpan.Zero });
        var second = Supervise(Serves);
        await second.DisposeAsync();

        Assert.Equal(SupervisorState.Stopped, second.State);
    }

    public void Dispose() => _loading.Dispose();

    private static bool IsRunning(int id) => Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}"));

    private InferenceSupervisor Supervise(string script, SupervisionOptions? options = null) => Supervise(() => script, options);

    private InferenceSupervisor Supervise(Func<string> script, SupervisionOptions? options = null) => new(
        "planner on cpu", () => InferenceProcess.Start(new InferenceLaunch("/bin/sh", ["-c"]), [script()], "planner on cpu", _logger), options ?? new SupervisionOptions(), _loading, _time, _logger, Note);

    private void Note(SupervisorState state) => _states.Writer.TryWrite(state);

    private async Task<List<SupervisorState>> StatesAsync(int count)
    {
        var states = new List<SupervisorState>();
        while (states.Count < count)
            states.Add(await _states.Reader.ReadAsync(Token).AsTask().WaitAsync(Patience, TimeProvider.System, Token));

        return states;
    }
}
