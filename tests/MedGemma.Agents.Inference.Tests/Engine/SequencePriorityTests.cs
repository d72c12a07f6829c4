using MedGemma.Agents.Inference.Chat.Generation;

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
        (options.Sequences, options.BatchAging) = (1, TimeSpan.Zero);
        await using var generator = await TinyEngine.LoadAsync(options);
        var job = TinyEngine.Ask("first", 400) with { Priority = GenerationPriority.Batch };
        await using var running = generator.GenerateAsync(job, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await running.MoveNextAsync());
        var order = new List<string>();
        var jobs = new[] { RestAsync("first", running), RestAsync("second", generator.GenerateAsync(TinyEngine.Ask("second", 400) with { Priority = GenerationPriority.Batch }, Cancel).GetAsyncEnumerator(Cancel)) };

        var person = await Generated.OfAsync(generator, TinyEngine.Ask("third", 2), Cancel);
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
}
