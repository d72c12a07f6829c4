using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Finds what misspelt words may have meant, but never guesses at a drug. Safe for concurrent use.</summary>
/// <param name="vocabulary">The vocabulary.</param>
internal sealed class SpellingCorrector(ConceptVocabulary vocabulary)
{
    private const int MostReadings = 6;

    /// <summary>Corrects the words of a search that neither the record nor the vocabulary has.</summary>
    public SpellingCorrection Correct(Search search)
    {
        var drugs = new HashSet<int>();
        List<string[]> readings = [[]];
        var corrected = false;
        var written = PhraseText.Words(search.Words);
        for (var position = 0; position < search.Tokens.Length; position++)
        {
            var token = search.Tokens[position];
            if (search.Lookup.HasWord(token) || vocabulary.OtherWords.Contains(token) || vocabulary.DrugWords.Contains(token) || EditDistance.Allowed(token.Length) == 0)
            {
                readings = [.. readings.Select(reading => (string[])[.. reading, token])];
                continue;
            }

            var blocked = NearDrugs(search, token, written[position]).ToList();
            if (blocked.Count > 0)
            {
                drugs.UnionWith(blocked.SelectMany(word => search.Lookup.WithWords([word])).Where(search.Lookup.IsDrug));
                return new SpellingCorrection([], drugs, true);
            }

            var options = search.Lookup.OtherWords.Near(token).Union(vocabulary.OtherWords.Near(token)).Order(StringComparer.Ordinal).ToList();
            if (options.Count == 0)
                return new SpellingCorrection([], drugs, false);

            corrected = true;
            readings = [.. readings.SelectMany(reading => options.Select(option => (string[])[.. reading, option])).Take(MostReadings)];
        }

        return new SpellingCorrection(corrected ? readings : [], drugs, false);
    }

    /// <summary>Words of drug names near a word as written or reduced ("linzes" is near Linzess, its singular is not); a word that is also an analyte does not count when only other things are asked for ("potasium" among laboratory results).</summary>
    private IEnumerable<string> NearDrugs(Search search, string token, string written)
    {
        var onlyOthers = search.Kinds is not null && !search.Kinds.Any(kind => KindFamilies.IsDrug(kind) || kind is RecordKind.Allergy or RecordKind.Susceptibility);
        return new[] { token, written }
            .SelectMany(word => vocabulary.DrugWords.Near(word).Union(search.Lookup.MedicationWords.Near(word)))
            .Distinct()
            .Where(word => !onlyOthers || !vocabulary.OtherWords.Contains(word));
    }
}
