using MedGemma.Agents.Inference.Chat.Generation;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class SequencePriorityTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_sequence_gives_way_to_an_interactive_one_and_goes_on_afterwards(bool fullWindow)
    {
        using var alone = new PlainLoop(TinyEngine.RandomModel, TinyEngine.Adapter);
        var options = TinyEngine.Options();
        options.Sequences = 1;
        options.FullWindow = fullWindow;
        await using var generator = await TinyEngine.LoadAsync(options);
        var job = TinyEngine.Ask("Summarise the chart of the last five years.", 300) with { Priority = GenerationPriority.Batch };
        await using var batch = generator.GenerateAsync(job, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await batch.MoveNextAsync());

        var person = await Generated.OfAsync(generator, TinyEngine.Ask("creatinine?", 3), Cancel);
        var written = new List<int>();
        while (await batch.MoveNextAsync())
        {
            if (batch.Current is GenerationEvent.Token token)
                written.Add(token.Id);
        }

        Assert.Equal(3, person.Tokens.Count);
        Assert.Equal(300, written.Count);
        var expected = alone.Greedy(job).TakeWhile(step => step.Gap > 0.1f).Select(step => step.Token).ToList();
        Assert.Equal(expected, written[..expected.Count]);
    }

    [Fact]
    public async Task A_sequence_that_gave_way_with_the_cache_almost_full_goes_on_to_its_end()
    {
        var options = TinyEngine.Options();
        options.Sequences = 1;
        options.ContextLength = 256;
        options.Cells = 256;
        await using var generator = await TinyEngine.LoadAsync(options);
        var job = TinyEngine.Ask("x", 240) with { Priority = GenerationPriority.Batch };
        await using var batch = generator.GenerateAsync(job, Cancel).GetAsyncEnumerator(Cancel);
        var written = 0;
        while (written < 225 && await batch.MoveNextAsync())
            written += batch.Current is GenerationEvent.Token ? 1 : 0;

        var person = await Generated.OfAsync(generator, TinyEngine.Ask("creatinine?", 3), Cancel);
        while (await batch.MoveNextAsync())
            written += batch.Current is GenerationEvent.Token ? 1 : 0;

        Assert.Equal((3, 240), (person.Tokens.Count, written));
    }

    [Fact]
    public async Task A_job_that_has_waited_long_and_finds_no_place_keeps_no_person_waiting()
    {
        var options = TinyEngine.Options();
        (options.Sequences, options.BatchAging) = (2, TimeSpan.Zero);
        await using var generator = await TinyEngine.LoadAsync(options);
        await using var first = generator.GenerateAsync(Job("first", 400), Cancel).GetAsyncEnumerator(Cancel);
        await using var second = generator.GenerateAsync(Job("second", 400), Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await first.MoveNextAsync() && await second.MoveNextAsync());
        var order = new List<string>();
        var jobs = new[] { RestAsync("first", first), RestAsync("second", second), RestAsync("third", generator.GenerateAsync(Job("third", 400), Cancel).GetAsyncEnumerator(Cancel)) };

        var person = await Generated.OfAsync(generator, TinyEngine.Ask("fourth", 2), Cancel);
        lock (order)
            order.Add("person");
        await Task.WhenAll(jobs);

        Assert.Equal(2, person.Tokens.Count);
        Assert.Equal("person", order[0]);

        async Task RestAsync(string name, IAsyncEnumerator<GenerationEvent> events)
        {
            while (await events.MoveNextAsync())
            {
            }

            lock (order)
                order.Add(name);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(60, 61)]
    public async Task A_job_that_has_waited_long_here_or_elsewhere_ends_though_people_take_every_place(int agingMinutes, int waitedMinutes)
    {
        const int MostAnswers = 20;
        var options = TinyEngine.Options();
        (options.Sequences, options.BatchAging) = (2, TimeSpan.FromMinutes(agingMinutes));
        await using var generator = await TinyEngine.LoadAsync(options);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var people = Enumerable.Range(0, 12).Select(i => Task.Run(() => AskOnAsync(i), Cancel)).ToList();

        var job = await Generated.OfAsync(generator, Job("summary", 200) with { Waited = TimeSpan.FromMinutes(waitedMinutes) }, Cancel);
        await end.CancelAsync();
        var answers = await Task.WhenAll(people);

        Assert.Equal(200, job.Tokens.Count);
        Assert.True(answers.Max() < MostAnswers, "The job ended only when the people had.");

        async Task<int> AskOnAsync(int person)
        {
            var answers = 0;
            for (; answers < MostAnswers && !end.IsCancellationRequested; answers++)
                await Generated.OfAsync(generator, TinyEngine.Ask($"{person} {answers}", 40), Cancel);

            return answers;
        }
    }

    [Fact]
    public async Task The_time_in_which_a_job_runs_is_no_wait()
    {
        var clock = new FakeTimeProvider();
        var options = TinyEngine.Options();
        options.Sequences = 1;
        await using var generator = await TinyEngine.LoadAsync(options, clock);
        await using var job = generator.GenerateAsync(Job("summary", 400), Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await job.MoveNextAsync());
        clock.Advance(TimeSpan.FromHours(1));

        var person = Generated.OfAsync(generator, TinyEngine.Ask("creatinine?", 3), Cancel);
        var written = 0;
        while (!person.IsCompleted && await job.MoveNextAsync())
            written++;

        Assert.Equal(3, (await person).Tokens.Count);
        Assert.True(written < 400, "The job ended before the person was answered.");
    }

    [Fact]
    public async Task Interactive_requests_are_computed_before_batch_ones_that_came_earlier()
    {
        var options = TinyEngine.Options();
        options.Sequences = 1;
        await using var generator = await TinyEngine.LoadAsync(options);
        await using var running = generator.GenerateAsync(TinyEngine.Ask("first", 400), Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await running.MoveNextAsync());
        var order = new List<string>();
        var batch = NoteAsync("batch", TinyEngine.Ask("second", 300) with { Priority = GenerationPriority.Batch });
        var person = NoteAsync("person", TinyEngine.Ask("third", 2));

        await running.DisposeAsync();
        await Task.WhenAll(batch, person);

        Assert.Equal(["person", "batch"], order);

        async Task NoteAsync(string name, GenerationRequest request)
        {
            await Generated.OfAsync(generator, request, Cancel);
            lock (order)
                order.Add(name);
        }
    }

    private static GenerationRequest Job(string text, int maxTokens) => TinyEngine.Ask(text, maxTokens) with { Priority = GenerationPriority.Batch };
}
