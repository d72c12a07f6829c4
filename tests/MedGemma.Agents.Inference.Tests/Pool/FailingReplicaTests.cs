using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Pool;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.Pool;

public sealed class FailingReplicaTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedReplica _one = new();
    private readonly ScriptedReplica _two = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    [Fact]
    public async Task A_request_that_each_server_fails_at_is_tried_once_on_each_and_closes_none()
    {
        await using var pool = Pool(_one.Replica("one"), _two.Replica("two"));
        var asked = Ask(pool, "poison");
        (await _one.NextAsync()).Fail(new ModelFailedException("500"));
        (await _two.NextAsync()).Fail(new ModelFailedException("500"));
        await Assert.ThrowsAsync<ModelFailedException>(() => asked);
        Assert.Equal((1, 1), (_one.Count, _two.Count));
        Assert.All(pool.Replicas, replica => Assert.True(replica.IsUp));
        Assert.Equal(0, pool.Waiting);
    }

    [Fact]
    public async Task A_request_that_one_server_fails_at_is_answered_by_the_other_though_it_has_to_wait_for_it()
    {
        await using var pool = Pool(_one.Replica("one"), _two.Replica("two"));
        var asked = Ask(pool, "hard");
        var hard = await _one.NextAsync();
        var other = Ask(pool, "other");
        var busy = await _two.NextAsync();
        hard.Fail(new ModelFailedException("500"));
        Assert.Equal(1, _one.Count);
        busy.End();
        var again = await _two.NextAsync();
        again.Say("answer");
        again.End();
        Assert.Equal("answer", await asked);
        await other;
    }

    [Fact]
    public async Task A_replica_whose_connection_broke_is_used_again_after_a_check_without_showing_what_it_can_do()
    {
        await using var pool = Pool(_one.Replica("one"));
        var asked = Ask(pool, "breaks");
        var call = await _one.NextAsync();
        call.Say("half");
        call.Fail(new ModelLostException("connection broke"));
        await Assert.ThrowsAsync<ModelLostException>(() => asked);
        Assert.False(pool.Replicas[0].IsUp);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pool.Replicas[0].IsUp);
        Assert.Equal(1, _one.Probes);
    }

    [Fact]
    public async Task A_replica_that_was_down_shows_again_what_it_can_do()
    {
        await using var pool = Pool(_one.Replica("one"));
        _one.Failure = new ModelLostException("down");
        _time.Advance(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(pool.Replicas[0].IsUp);
        _one.Failure = null;
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pool.Replicas[0].IsUp);
        Assert.Equal(2, _one.Probes);
    }

    [Fact]
    public async Task A_replica_that_says_it_is_busy_when_checked_lives_and_what_runs_there_goes_on()
    {
        await using var pool = Pool(_one.Replica("one"));
        var asked = Ask(pool, "runs");
        var call = await _one.NextAsync();
        _one.Failure = new ModelBusyException(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 4; i++)
            _time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(pool.Replicas[0].IsUp);
        call.Say("whole");
        call.End();
        Assert.Equal("whole", await asked);
    }

    [Fact]
    public async Task A_server_that_lists_its_models_and_sends_nothing_is_given_up_for_another()
    {
        await using var pool = Pool(_one.Replica("one"), _two.Replica("two"));
        var asked = Ask(pool, "question");
        var silent = await _one.NextAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        await silent.Left.Task.WaitAsync(Token);
        var call = await _two.NextAsync();
        call.Say("answer");
        _time.Advance(TimeSpan.FromMinutes(4));
        call.End();
        Assert.Equal("answer", await asked);
    }

    [Fact]
    public async Task A_process_of_ours_may_be_silent_for_as_long_as_it_is_healthy()
    {
        using var ours = new ScriptedReplica(ReplicaCapabilities.Extensions);
        await using var pool = Pool(ours.Replica("ours"));
        var asked = Ask(pool, "long prompt");
        var call = await ours.NextAsync();
        _time.Advance(TimeSpan.FromMinutes(30));
        call.Say("answer");
        call.End();
        Assert.Equal("answer", await asked);
    }

    [Fact]
    public async Task A_request_waits_for_the_only_replica_as_long_as_it_is_reloaded()
    {
        await using var pool = Pool(_one.Replica("one"));
        await pool.DrainAsync("one", Token);
        var asked = Ask(pool, "question");
        for (var minutes = 0; minutes < 8; minutes += 2)
            _time.Advance(TimeSpan.FromMinutes(2));

        Assert.False(asked.IsCompleted);
        pool.Resume("one");
        var call = await _one.NextAsync();
        call.Say("answer");
        call.End();
        Assert.Equal("answer", await asked);
    }

    private static async Task<string> Ask(ModelPool pool, string question) => (await pool.GetResponseAsync([new(ChatRole.User, question)], null, Token)).Text;

    private ModelPool Pool(params ModelReplica[] replicas) => new("planner", replicas, new ModelPoolOptions(), _time, NullLogger<ModelPool>.Instance);
}
