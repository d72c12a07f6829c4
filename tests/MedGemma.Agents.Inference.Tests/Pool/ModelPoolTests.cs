using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Pool;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.Pool;

public sealed class ModelPoolTests : IDisposable
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
    public async Task Interactive_requests_go_first_and_each_kind_in_its_order()
    {
        await using var pool = Pool([_one.Replica("one")]);
        var first = Ask(pool, "first");
        var running = await _one.NextAsync();
        Task<string>[] waiting = [Ask(pool, "batch 1", Batch), Ask(pool, "batch 2", Batch), Ask(pool, "person 1"), Ask(pool, "person 2")];
        var order = new List<string>();
        foreach (var _ in waiting)
        {
            running.End();
            running = await _one.NextAsync();
            order.Add(running.Question);
        }

        running.End();
        await Task.WhenAll([first, .. waiting]);
        Assert.Equal(["person 1", "person 2", "batch 1", "batch 2"], order);
    }

    [Fact]
    public async Task A_batch_request_that_has_waited_long_is_not_passed_any_more()
    {
        await using var pool = Pool([_one.Replica("one")], new ModelPoolOptions { Aging = TimeSpan.FromSeconds(30) });
        var all = new List<Task<string>> { Ask(pool, "first") };
        var running = await _one.NextAsync();
        all.Add(Ask(pool, "batch", Batch));
        _time.Advance(TimeSpan.FromSeconds(30));
        all.Add(Ask(pool, "person"));
        running.End();
        var next = await _one.NextAsync();
        Assert.Equal("batch", next.Question);
        Assert.Equal(TimeSpan.FromSeconds(30), next.Options.Inference().Waited);
        next.End();
        (await _one.NextAsync()).End();
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task Batch_requests_leave_a_place_free_for_people()
    {
        await using var pool = Pool([_one.Replica("one", 2)]);
        Task<string>[] asked = [Ask(pool, "batch 1", Batch), Ask(pool, "batch 2", Batch)];
        var batch = await _one.NextAsync();
        Assert.Equal(1, pool.Waiting);
        var person = Ask(pool, "person");
        var call = await _one.NextAsync();
        Assert.Equal("person", call.Question);
        call.End();
        batch.End();
        (await _one.NextAsync()).End();
        await Task.WhenAll([.. asked, person]);
    }

    [Fact]
    public async Task An_interactive_request_passes_batch_ones_on_a_process_that_pauses_them()
    {
        var ours = new ScriptedReplica(ReplicaCapabilities.Extensions);
        await using var pool = Pool([ours.Replica("ours", 2)], new ModelPoolOptions { InteractiveSlots = 0 });
        Task<string>[] asked = [Ask(pool, "batch 1", Batch), Ask(pool, "batch 2", Batch), Ask(pool, "batch 3", Batch), Ask(pool, "person 1"), Ask(pool, "person 2"), Ask(pool, "person 3")];
        var calls = new List<ScriptedReplica.Call>();
        for (var i = 0; i < 4; i++)
            calls.Add(await ours.NextAsync());

        Assert.Equal(["batch 1", "batch 2", "person 1", "person 2"], calls.Select(call => call.Question));
        Assert.Equal(2, pool.Waiting);
        calls[2].End();
        calls.Add(await ours.NextAsync());
        Assert.Equal("person 3", calls[^1].Question);
        calls.ForEach(call => call.End());
        (await ours.NextAsync()).End();
        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task Where_every_replica_was_given_up_requests_fail_at_once()
    {
        await using var pool = Pool([_one.Replica("one")]);
        var asked = Ask(pool, "runs");
        var call = await _one.NextAsync();
        var waiting = Ask(pool, "waits");
        _one.Failure = new ModelLostException("down");
        pool.GiveUp("one");
        await Assert.ThrowsAsync<ModelLostException>(() => waiting);
        await Assert.ThrowsAsync<ModelLostException>(() => Ask(pool, "late"));
        call.End();
        await asked;

        pool.TakeUp("one");
        _one.Failure = null;
        var again = Ask(pool, "again");
        _time.Advance(TimeSpan.FromSeconds(5));
        (await _one.NextAsync()).End();
        await again;
    }

    [Fact]
    public async Task One_broken_answer_does_not_end_the_others_on_its_replica()
    {
        await using var pool = Pool([_one.Replica("one", 2)]);
        Task<string>[] asked = [Ask(pool, "breaks"), Ask(pool, "lives")];
        var breaks = await _one.NextAsync();
        var lives = await _one.NextAsync();
        breaks.Say("half");
        lives.Say("who");
        breaks.Fail(new ModelLostException("connection broke"));
        await Assert.ThrowsAsync<ModelLostException>(() => asked[0]);
        lives.Say("le");
        lives.End();
        Assert.Equal("whole", await asked[1]);
    }

    [Fact]
    public async Task Requests_go_where_their_prefix_is_warm_and_otherwise_where_load_is_least()
    {
        await using var pool = Pool([_one.Replica("one", 4), _two.Replica("two", 4)]);
        var hint = new InferenceChatOptions { Prefix = new PrefixHint("patient") };
        var asked = new List<Task<string>> { Ask(pool, "warm", hint) };
        var calls = new List<ScriptedReplica.Call> { await _one.NextAsync() };
        asked.Add(Ask(pool, "warm again", hint));
        calls.Add(await _one.NextAsync());
        asked.Add(Ask(pool, "cold"));
        calls.Add(await _two.NextAsync());
        asked.Add(Ask(pool, "cold"));
        calls.Add(await _two.NextAsync());
        asked.Add(Ask(pool, "warm once more", hint));
        calls.Add(await _one.NextAsync());
        calls.ForEach(call => call.End());
        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task A_full_queue_says_when_to_come_back()
    {
        await using var pool = Pool([_one.Replica("one")], new ModelPoolOptions { QueueLength = 1 });
        Task<string>[] asked = [Ask(pool, "runs"), Ask(pool, "waits")];
        var busy = await Assert.ThrowsAsync<ModelBusyException>(() => Ask(pool, "is too many"));
        Assert.InRange(busy.RetryAfter.TotalSeconds, 1, 120);
        (await _one.NextAsync()).End();
        (await _one.NextAsync()).End();
        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task A_request_whose_replica_dies_before_it_spoke_is_answered_elsewhere()
    {
        await using var pool = Pool([_one.Replica("one"), _two.Replica("two")]);
        var asked = Ask(pool, "question");
        (await _one.NextAsync()).Fail(new ModelLostException("killed"));
        var call = await _two.NextAsync();
        Assert.Equal([false, true], pool.Replicas.Select(replica => replica.IsUp));
        call.Say("answer");
        call.End();
        Assert.Equal("answer", await asked);

        // It answers its next check, and is used again.
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pool.Replicas[0].IsUp);
        var again = Ask(pool, "next");
        (await _one.NextAsync()).End();
        await again;
    }

    [Fact]
    public async Task A_request_whose_replica_dies_after_it_spoke_fails_with_the_type()
    {
        await using var pool = Pool([_one.Replica("one"), _two.Replica("two")]);
        var asked = Ask(pool, "question");
        var call = await _one.NextAsync();
        call.Say("half an ans");
        call.Fail(new ModelLostException("killed"));
        await Assert.ThrowsAsync<ModelLostException>(() => asked);
        Assert.Equal(0, _two.Count);
    }

    [Fact]
    public async Task A_request_is_not_tried_for_ever()
    {
        await using var pool = Pool([_one.Replica("one"), _two.Replica("two")], new ModelPoolOptions { Attempts = 2 });
        var asked = Ask(pool, "poison");
        (await _one.NextAsync()).Fail(new ModelLostException("killed"));
        (await _two.NextAsync()).Fail(new ModelLostException("killed"));
        await Assert.ThrowsAsync<ModelLostException>(() => asked);
    }

    [Fact]
    public async Task A_replica_that_hangs_is_found_by_its_checks_and_its_requests_go_on_elsewhere()
    {
        await using var pool = Pool([_one.Replica("one"), _two.Replica("two")]);
        var silent = Ask(pool, "silent");
        var first = await _one.NextAsync();
        _one.Failure = new ModelLostException("no answer");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pool.Replicas[0].IsUp);
        _time.Advance(TimeSpan.FromSeconds(5));
        var call = await _two.NextAsync();
        await first.Left.Task;
        call.Say("answer");
        call.End();
        Assert.Equal("answer", await silent);
    }

    [Fact]
    public async Task A_busy_replica_is_left_alone_for_as_long_as_it_asked()
    {
        await using var pool = Pool([_one.Replica("one"), _two.Replica("two")]);
        var asked = Ask(pool, "question");
        (await _one.NextAsync()).Fail(new ModelBusyException(TimeSpan.FromSeconds(3)));
        var held = await _two.NextAsync();
        var other = Ask(pool, "other");
        Assert.Equal(1, pool.Waiting);
        _time.Advance(TimeSpan.FromSeconds(3));
        (await _one.NextAsync()).End();
        held.End();
        await Task.WhenAll(asked, other);
    }

    [Fact]
    public async Task A_replica_is_drained_without_dropping_a_request()
    {
        await using var pool = Pool([_one.Replica("one"), _two.Replica("two")]);
        var asked = Ask(pool, "running");
        var call = await _one.NextAsync();
        var drained = pool.DrainAsync("one", Token);
        Assert.False(drained.IsCompleted);
        var other = Ask(pool, "other");
        (await _two.NextAsync()).End();
        await other;
        call.Say("done");
        call.End();
        Assert.Equal("done", await asked);
        await drained;
        pool.Resume("one");
        var again = Ask(pool, "again");
        (await _one.NextAsync()).End();
        await again;
    }

    [Fact]
    public async Task Requests_go_to_replicas_that_can_do_what_they_need()
    {
        var eyes = new ScriptedReplica(ReplicaCapabilities.Images);
        await using var pool = Pool([_one.Replica("one"), eyes.Replica("eyes")]);
        var image = pool.GetResponseAsync([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])], cancellationToken: Token);
        (await eyes.NextAsync()).End();
        await image;
        var schema = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.SerializeToElement(new { type = "null" })) };
        await Assert.ThrowsAsync<RequestRefusedException>(() => pool.GetResponseAsync([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])], schema, Token));
    }

    [Fact]
    public async Task A_request_given_up_while_it_waits_leaves_the_queue()
    {
        await using var pool = Pool([_one.Replica("one")]);
        var asked = Ask(pool, "runs");
        var call = await _one.NextAsync();
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = pool.GetResponseAsync([new(ChatRole.User, "waits")], cancellationToken: given.Token);
        Assert.Equal(1, pool.Waiting);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, pool.Waiting);
        call.End();
        await asked;
    }

    [Fact]
    public async Task The_longest_wait_ends_as_busy_or_as_lost()
    {
        await using var pool = Pool([_one.Replica("one")]);
        var asked = Ask(pool, "runs");
        var call = await _one.NextAsync();
        var waiting = Ask(pool, "waits");
        _time.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<ModelBusyException>(() => waiting);
        call.End();
        await asked;

        await using var dead = Pool([new ScriptedReplica { Failure = new ModelLostException("down") }.Replica("dead")]);
        var hopeless = Ask(dead, "waits");
        _time.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<ModelLostException>(() => hopeless);
    }

    [Fact]
    public async Task A_pool_that_ends_lets_running_requests_finish_and_fails_those_that_wait()
    {
        var pool = Pool([_one.Replica("one")]);
        var asked = Ask(pool, "runs");
        var call = await _one.NextAsync();
        var waiting = Ask(pool, "waits");
        var end = pool.DisposeAsync();
        await Assert.ThrowsAsync<ModelLostException>(() => waiting);
        call.Say("done");
        call.End();
        Assert.Equal("done", await asked);
        await end;
        await Assert.ThrowsAsync<ModelLostException>(() => Ask(pool, "late"));
    }

    [Fact]
    public async Task A_pool_ends_though_a_check_fails_at_that_moment()
    {
        var pool = Pool([new ScriptedReplica { HangsUntilCancelled = true, Failure = new ModelLostException("down") }.Replica("dead")]);
        await pool.DisposeAsync();
        await Assert.ThrowsAsync<ModelLostException>(() => Ask(pool, "late"));
    }

    [Fact]
    public async Task Whatever_fails_every_request_ends_and_every_place_comes_back()
    {
        ScriptedReplica[] replicas = [_one, _two, new()];
        await using var pool = Pool([.. replicas.Select((replica, i) => replica.Replica($"r{i}", 3))], new ModelPoolOptions { QueueLength = 1000, CheckInterval = TimeSpan.FromMilliseconds(5) }, TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var players = replicas.Select((replica, i) => Task.Run(() => PlayAsync(replica, new Random(i), end.Token), end.Token)).ToList();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(() => OutcomeAsync(pool, i), Token))).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
        Assert.Contains("answer", outcomes);
        Assert.Contains(nameof(ModelLostException), outcomes);
        Assert.All(outcomes, outcome => Assert.Contains(outcome, (string[])["answer", nameof(ModelLostException), nameof(ModelBusyException), "cancelled"]));
        Assert.All(pool.Replicas, replica => Assert.Equal(0, replica.Running));
        Assert.Equal(0, pool.Waiting);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(players));
    }

    private static readonly InferenceChatOptions Batch = new() { Priority = GenerationPriority.Batch };

    private static async Task PlayAsync(ScriptedReplica replica, Random random, CancellationToken cancellationToken)
    {
        while (true)
        {
            var call = await replica.NextAsync().WaitAsync(cancellationToken);
            if (random.Next(6) == 0)
                call.Fail(random.Next(2) == 0 ? new ModelLostException("killed") : new ModelBusyException(TimeSpan.FromMilliseconds(2)));

            call.Say("ans");
            await Task.Yield();
            if (random.Next(6) == 0)
                call.Fail(new ModelLostException("killed"));

            call.Say("wer");
            call.End();
        }
    }

    private static async Task<string> OutcomeAsync(ModelPool pool, int i)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        if (i % 10 == 0)
            source.CancelAfter(i % 7);

        try
        {
            return (await pool.GetResponseAsync([new(ChatRole.User, "q")], i % 3 == 0 ? new ChatOptions().WithInference(Batch) : null, source.Token)).Text;
        }
        catch (InferenceException failure)
        {
            return failure.GetType().Name;
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested)
        {
            return "cancelled";
        }
    }

    private static async Task<string> Ask(ModelPool pool, string question, InferenceChatOptions? inference = null) =>
        (await pool.GetResponseAsync([new(ChatRole.User, question)], new ChatOptions().WithInference(inference ?? new InferenceChatOptions()), Token)).Text;

    private ModelPool Pool(IReadOnlyList<ModelReplica> replicas, ModelPoolOptions? options = null, TimeProvider? time = null) =>
        new("planner", replicas, options ?? new ModelPoolOptions(), time ?? _time, NullLogger<ModelPool>.Instance);
}
