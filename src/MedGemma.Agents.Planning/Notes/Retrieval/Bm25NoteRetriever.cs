using MedGemma.Agents.Records.Concepts;

namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>
/// BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, doi:10.1561/1500000019) over passages, without a model.
/// A topic that the vocabulary knows is also looked for by its other names; of passages that score alike the newer comes first. Safe for concurrent use.
/// </summary>
/// <param name="vocabulary">Other names of what is looked for.</param>
public sealed class Bm25NoteRetriever(ConceptVocabulary vocabulary) : INoteRetriever
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;

    /// <summary>Weight of a word of another name, beside 1 for a word of the topic.</summary>
    private const double SynonymWeight = 0.5;

    /// <inheritdoc/>
    public Task<NoteRanking> RankAsync(IReadOnlyList<NoteChunk> chunks, string topic, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(topic);
        cancellationToken.ThrowIfCancellationRequested();
        var wanted = Weights(topic);
        var counted = chunks.Select(chunk => NoteWords.Of(chunk.Text).ToList()).ToList();
        if (wanted.Count == 0 || chunks.Count == 0)
            return Task.FromResult(new NoteRanking([]));

        var averageLength = Math.Max(1, counted.Average(words => words.Count));
        var holding = wanted.Keys.ToDictionary(word => word, word => counted.Count(words => words.Contains(word)), StringComparer.Ordinal);
        var ranked = new List<(NoteChunk Chunk, double Score)>();
        for (var i = 0; i < chunks.Count; i++)
        {
            var score = 0.0;
            foreach (var (word, weight) in wanted)
            {
                var times = counted[i].Count(other => other == word);
                if (times == 0)
                    continue;

                var rarity = Math.Log(1 + ((chunks.Count - holding[word] + 0.5) / (holding[word] + 0.5)));
                score += weight * rarity * times * (Saturation + 1)
                    / (times + (Saturation * (1 - LengthWeight + (LengthWeight * counted[i].Count / averageLength))));
            }

            if (score > 0)
                ranked.Add((chunks[i], score));
        }

        return Task.FromResult(new NoteRanking(
            [.. ranked.OrderByDescending(item => Math.Round(item.Score, 6)).ThenByDescending(item => item.Chunk.Note.Time, StringComparer.Ordinal).Take(most).Select(item => item.Chunk)]));
    }

    private Dictionary<string, double> Weights(string topic)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in NoteWords.Of(topic))
            weights[word] = 1;
        var words = topic.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in vocabulary.FindPhrases(words).SelectMany(phrase => phrase.Terms).SelectMany(term => term.Names.Append(term.Name)))
        {
            foreach (var word in NoteWords.Of(name))
                weights.TryAdd(word, SynonymWeight);
        }

        return weights;
    }
}
