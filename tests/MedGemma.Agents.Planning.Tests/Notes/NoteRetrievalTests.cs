using CsCheck;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Notes.Retrieval;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Planning.Tests.Notes;

public sealed class NoteRetrievalTests
{
    private const string Discharge = """
        # Discharge summary
        Chief Complaint: shortness of breath
        HISTORY OF PRESENT ILLNESS:
        Two days of worsening dyspnea, orthopnea and leg swelling.
        Past Medical History:
        Congestive heart failure, COPD, gout.
        Family History: father with stroke at 60.
        Medications on Admission:
        furosemide 40 mg daily
        Assessment and Plan:
        Decompensated CHF. Diuresis with furosemide, daily weights.
        """;

    [Fact]
    public void A_passage_stands_in_the_section_of_its_heading()
    {
        var chunks = Chunks(Discharge);

        Assert.Equal(NoteSection.PastHistory, Assert.Single(chunks, chunk => chunk.Text.Contains("gout", StringComparison.Ordinal)).Section);
        Assert.Equal(NoteSection.FamilyHistory, Assert.Single(chunks, chunk => chunk.Text.Contains("stroke", StringComparison.Ordinal)).Section);
        Assert.Equal(NoteSection.Medications, Assert.Single(chunks, chunk => chunk.Text.Contains("40 mg", StringComparison.Ordinal)).Section);
        Assert.Equal(NoteSection.Assessment, Assert.Single(chunks, chunk => chunk.Text.Contains("Diuresis", StringComparison.Ordinal)).Section);
    }

    [Fact]
    public void Passages_keep_their_places_and_lose_nothing() => Gen.OneOf("Plan:\n", "# Labs\n", "word ", "Sentence one. ", "\n", "\n\n", "HOSPITAL COURSE\n", "é", "😀", new string('x', 700)).Array[0, 60].Select(string.Concat).Sample(text =>
    {
        var chunks = Chunks(text);

        Assert.Equal(string.Concat(text.Where(c => !char.IsWhiteSpace(c))), string.Concat(chunks.SelectMany(chunk => chunk.Text).Where(c => !char.IsWhiteSpace(c))));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Length, 1, 900));
        Assert.Equal(chunks.OrderBy(chunk => chunk.Start), chunks);
    });

    [Fact]
    public async Task The_passage_about_the_topic_comes_first_also_by_another_name()
    {
        var chunks = Chunks(Discharge, "Seen for gout. Colchicine continued.", "Vaccination given.");

        var ranked = await RankAsync(chunks, "heart failure");

        Assert.Contains("heart failure", ranked[0].Text, StringComparison.Ordinal);
        Assert.Contains(ranked, chunk => chunk.Text.Contains("CHF", StringComparison.Ordinal));
        Assert.DoesNotContain(ranked, chunk => chunk.Text.Contains("Vaccination", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_passages_that_say_the_same_the_newer_comes_first()
    {
        var ranked = await RankAsync(Chunks("Gout flare.", "Gout flare.", "Gout flare."), "gout");

        Assert.Equal(["2025-06-03", "2025-06-02", "2025-06-01"], ranked.Select(chunk => chunk.Note.Time![..10]));
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_is_about_the_topic() => Assert.Empty(await RankAsync(Chunks(Discharge), "appendectomy"));

    [Fact]
    public async Task A_window_and_sections_narrow_what_is_read()
    {
        var record = NoteRecords.Of("Plan:\nAspirin stopped.", "Plan:\nAspirin continued.\nAllergies:\naspirin rash");
        var model = ScriptedModel.Quoting("spirin");

        var reading = await NoteRecords.ReadAsync(
            model, record, "aspirin", new QueryWindow(new DateTimeOffset(2025, 6, 2, 0, 0, 0, TimeSpan.Zero), null, "since 2 June"), NoteSection.Allergies);

        Assert.Equal("aspirin rash", Assert.Single(reading.Read).Text.Split('\n')[^1]);
    }

    [Fact]
    public async Task Embeddings_rank_by_meaning_and_fuse_with_words()
    {
        var chunks = Chunks("Cardiac decompensation.", "Gout of the toe.", "Heart failure clinic.");
        using var generator = new KeywordEmbeddings("cardiac|heart", "gout");
        var byMeaning = new EmbeddingNoteRetriever(generator, new EmbeddingRetrievalOptions(), TimeProvider.System, NullLogger<EmbeddingNoteRetriever>.Instance);
        var fused = new FusedNoteRetriever([new Bm25NoteRetriever(ConceptVocabulary.BuiltIn), byMeaning]);

        var meant = (await byMeaning.RankAsync(chunks, "heart failure", 5, TestContext.Current.CancellationToken)).Chunks;
        var both = (await fused.RankAsync(chunks, "heart failure", 5, TestContext.Current.CancellationToken)).Chunks;

        Assert.Equal(2, meant.Count);
        Assert.StartsWith("Heart failure", both[0].Text, StringComparison.Ordinal);
        Assert.Equal(2, both.Count);
    }

    [Fact]
    public async Task Embeddings_that_do_not_come_in_time_leave_the_words_and_are_said()
    {
        var clock = new FakeTimeProvider();
        using var generator = new SilentEmbeddings();
        var fused = new FusedNoteRetriever(
            [new Bm25NoteRetriever(ConceptVocabulary.BuiltIn), new EmbeddingNoteRetriever(generator, new EmbeddingRetrievalOptions(), clock, NullLogger<EmbeddingNoteRetriever>.Instance)]);

        var ranking = fused.RankAsync(Chunks("Gout flare.", "Well."), "gout", 5, TestContext.Current.CancellationToken);
        await generator.Asked.Task;
        clock.Advance(TimeSpan.FromSeconds(21));

        Assert.False((await ranking).IsWhole);
        Assert.Equal("Gout flare.", Assert.Single((await ranking).Chunks).Text);
    }

    private static async Task<IReadOnlyList<NoteChunk>> RankAsync(IReadOnlyList<NoteChunk> chunks, string topic) =>
        (await new Bm25NoteRetriever(ConceptVocabulary.BuiltIn).RankAsync(chunks, topic, 5, TestContext.Current.CancellationToken)).Chunks;

    private static List<NoteChunk> Chunks(params string[] texts) =>
    [
        .. texts.Select((text, index) => new NoteText(index, text, "Note", $"2025-06-{index + 1:D2}T10:00:00Z", new Evidence(new ResourceKey("DocumentReference", $"n{index}"), "1", "p", default, null, null), null))
            .SelectMany(NoteChunker.Split),
    ];

    /// <summary>Embeddings with one dimension for each set of words.</summary>
    private sealed class KeywordEmbeddings(params string[] dimensions) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(
                dimensions.Select(words => words.Split('|').Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 1f : 0.01f).ToArray()))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    /// <summary>Never answers.</summary>
    private sealed class SilentEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("It never ends.");
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
