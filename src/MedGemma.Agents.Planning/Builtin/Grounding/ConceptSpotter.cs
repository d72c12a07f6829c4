using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Finds the things that a question names: first by names that stand in the record, then by what the vocabulary makes of the words left over.</summary>
internal sealed class ConceptSpotter(PatientRecord record, IConceptResolver resolver, ConceptVocabulary vocabulary, PlannerLexicon lexicon)
{
    // A shorter word stands in many names by chance.
    private const int ShortestPart = 4;

    private readonly RecordNames _names = RecordNames.Of(record);

    /// <summary>Claims names and codes of the record that stand in the question word for word, longest first.</summary>
    public List<ConceptMention> SpotVerbatim(QuestionText question)
    {
        var mentions = new List<ConceptMention>();
        for (var length = Math.Min(_names.LongestName, question.Count); length > 0; length--)
        {
            for (var first = 0; first + length <= question.Count; first++)
            {
                var span = new TokenSpan(first, length);
                if (!question.IsFree(span))
                    continue;

                var entries = FindNames(question.Words(span));
                if (entries.Count == 0 || OpensWithinName(question, span) || !IsName(question, span) || IsPartOfKnownName(question, span) || IsPartOfPatientFact(question, span))
                    continue;

                question.Claim(span);
                mentions.Add(Verbatim(question, span, entries));
            }
        }

        return mentions;
    }

    /// <summary>"Long-acting insulin (degludec)" names the class and then the drug, not "insulin degludec".</summary>
    private bool OpensWithinName(QuestionText question, TokenSpan span)
    {
        for (var opens = span.First + 1; opens < span.After; opens++)
            if (question.Gap(opens).Contains('(', StringComparison.Ordinal))
                return Enumerable.Range(Math.Max(0, span.First - 3), Math.Min(3, span.First)).Any(first => !lexicon.IsGlue(question[first]) && !vocabulary.Find(question.Words(new TokenSpan(first, opens - first))).IsDefaultOrEmpty);

        return false;
    }

    /// <summary>"Emergency contact" asks for a person, and "the emergency department" for a visit there, also where a visit is called "Emergency".</summary>
    private bool IsPartOfPatientFact(QuestionText question, TokenSpan span)
    {
        for (var after = span.After + 1; after <= Math.Min(question.Count, span.First + lexicon.LongestPhrase); after++)
            if (lexicon.FindTopic(question.Words(new TokenSpan(span.First, after - span.First))) is { Kinds: [RecordKind.Patient] or [RecordKind.EmergencyVisit] or [RecordKind.IcuStay] } && (after > span.After || lexicon.FindTopic(question.Words(span)) is null))
                return true;

        return false;
    }

    /// <summary>
    /// "High blood pressure" is hypertension, also where "blood pressure" stands in the record; "serum creatinine" is no serum beside a creatinine, and "albumin/creatinine ratio" is one.
    /// </summary>
    private bool IsPartOfKnownName(QuestionText question, TokenSpan span)
    {
        // "Urine output" is more than what is called urine.
        if (span.Count == 1 && question[span.After] is "output" && question.IsFree(new TokenSpan(span.First, 2)) && !vocabulary.Find(question.Words(new TokenSpan(span.First, 2))).IsDefaultOrEmpty)
            return true;

        for (var first = Math.Max(0, span.First - 2); first <= span.First; first++)
        {
            for (var after = Math.Min(question.Count, span.After + 2); after >= span.After; after--)
            {
                var wider = new TokenSpan(first, after - first);
                if (wider != span && question.IsFree(wider) && MakesName(question, wider, span) && IsOtherwiseKnown(question, wider, span))
                    return true;
            }
        }

        return false;
    }

    /// <summary>"How long", "how many hours": they ask for a length, whatever the record has of that name.</summary>
    private static bool AsksLength(QuestionText question, int at) =>
        (question[at] is "long" && question[at - 1] is "how") || (question[at] is "hours" or "minutes" or "days" or "nights" or "weeks" or "months" && question[at - 1] is "many" && question[at - 2] is "how");

    private bool MakesName(QuestionText question, TokenSpan wider, TokenSpan span) =>
        Enumerable.Range(wider.First, wider.Count).All(i => span.Contains(new TokenSpan(i, 1)) || IsContent(question, i) || (question[i] is "high" or "low" && i == span.First - 1));

    private bool IsOtherwiseKnown(QuestionText question, TokenSpan wider, TokenSpan span)
    {
        var known = vocabulary.Find(question.Slice(wider));
        return !known.IsDefaultOrEmpty && (question[wider.First] is "serum" or "plasma" or "venous" or "blood" || !known.SequenceEqual(vocabulary.Find(question.Slice(span))));
    }

    // "progress notes" are documents named "Progress note".
    private IReadOnlyList<ConceptEntry> FindNames(string words)
    {
        var entries = _names.FindConcepts(words);
        if (entries.Count > 0 || words.Length <= 4 || words[^1] != 's')
            return entries;

        return words.EndsWith("ies", StringComparison.Ordinal) && _names.FindConcepts($"{words[..^3]}y") is { Count: > 0 } singular ? singular : _names.FindConcepts(words[..^1]);
    }

    /// <summary>Resolves the runs of words that nothing else claimed; claims those that mean something.</summary>
    public List<ConceptMention> SpotRemaining(QuestionText question)
    {
        var mentions = new List<ConceptMention>();
        for (var first = 0; first < question.Count; first++)
        {
            if (!IsContent(question, first))
                continue;

            if (ResolveFrom(question, first) is not { } mention)
                continue;

            question.Claim(mention.Span);
            mentions.Add(mention);
            first = mention.Span.After - 1;
        }

        return mentions;
    }

    /// <summary>The things that a topic names: what the words mean, else what stands in the record with all of them in its name ("Contact isolation").</summary>
    public IReadOnlyList<ConceptMention> NamesOf(TopicMention mention)
    {
        var words = mention.Topic.Concept!;
        var resolved = resolver.Resolve(record, words, mention.Topic.Kinds);
        if (resolved.Entries.IsEmpty)
        {
            var asked = QuestionText.Tokenize(words).Select(token => token.Word).ToArray();
            var named = record.Concepts.Entries
                .Where(entry => entry.Kinds.Any(mention.Topic.Kinds.Contains) && asked.All(QuestionText.Tokenize(entry.Name).Select(token => token.Word).Contains))
                .ToArray();
            if (named.Length > 0)
                return [.. named.Select(entry => new ConceptMention(mention.Span, entry.Name, [entry], true, resolved.Match, []))];
        }

        return [new ConceptMention(mention.Span, words, resolved.Entries, false, resolved.Match, [.. mention.Topic.Kinds])];
    }

    /// <summary>"When was he at his heaviest" names the weight, "the tallest she was" the height, where no measurement is named.</summary>
    public IEnumerable<ConceptMention> Implied(QuestionText question, IReadOnlyList<ConceptMention> named)
    {
        if (named.Any(concept => concept.Kinds.Any(kind => kind is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign)))
            yield break;

        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i] is not ("heaviest" or "lightest" or "tallest" or "heavier" or "lighter" or "taller") && !IsOfWeight(question, i))
                continue;

            var words = question[i] is "tallest" or "taller" ? "height" : "weight";
            var resolved = resolver.Resolve(record, words, [RecordKind.VitalSign]);
            yield return new ConceptMention(new TokenSpan(i, 1), words, resolved.Entries, false, resolved.Match, [RecordKind.VitalSign]);
            yield break;
        }
    }

    /// <summary>"Febrile above 38", "hypoxic below 90": with a bound the state is that of its measurement.</summary>
    public ConceptMention AsMeasured(ConceptMention mention)
    {
        if (MeasuredStates.MeasurementOf(mention.Words) is not { } measurement)
            return mention;

        var resolved = resolver.Resolve(record, measurement, []);
        return new ConceptMention(mention.Span, measurement, resolved.Entries, false, resolved.Match, [.. vocabulary.Find(measurement).SelectMany(term => term.Kinds).Distinct()]);
    }

    // "How many kilos has he put on".
    private static bool IsOfWeight(QuestionText question, int at) =>
        question[at] is "kg" or "kgs" or "kilos" or "kilo" or "kilograms" or "pounds" or "lbs" or "lb" or "stone" && question.Tokens.Any(token => token.Word is "gain" or "gained" or "lose" or "lost" or "put" or "heavier" or "lighter");

    /// <summary>"History of stroke" is also said by the code of a personal history, which is never the disease itself.</summary>
    public IEnumerable<ConceptMention> FormerlyNamed(ConceptMention mention)
    {
        var near = resolver.Resolve(record, mention.Words, [RecordKind.Condition]).Match.Left;
        return record.Concepts.Entries
            .Where(entry => entry.Kinds.Contains(RecordKind.Condition)
                && entry.Name.Contains("history of", StringComparison.OrdinalIgnoreCase) && !entry.Name.Contains("family", StringComparison.OrdinalIgnoreCase)
                && near.Any(name => name.StartsWith(entry.Name, StringComparison.Ordinal)))
            .Select(entry => new ConceptMention(mention.Span, entry.Name, [entry], true, mention.Match, []));
    }

    /// <summary>"Vaccinated against shingles" names the vaccine by the disease.</summary>
    public ConceptMention AsVaccine(ConceptMention mention)
    {
        var words = $"{mention.Words} vaccine";
        var terms = vocabulary.Find(words);
        if (terms.IsEmpty || mention.Entries.Any(entry => entry.Kinds.Contains(RecordKind.Immunization)) || vocabulary.Find(mention.Words).Any(terms.Contains))
            return mention;

        var resolved = resolver.Resolve(record, words, [RecordKind.Immunization]);
        return new ConceptMention(mention.Span, words, resolved.Entries, false, resolved.Match, [RecordKind.Immunization]);
    }

    /// <summary>"The lipid care plan" is the one for hyperlipidemia: a name of the record's plans that has the word in it.</summary>
    public ConceptMention AsPlan(ConceptMention mention)
    {
        if (mention.Words.Length < ShortestPart || mention.Kinds.Contains(RecordKind.CarePlan) || !resolver.Resolve(record, mention.Words, [RecordKind.CarePlan]).Entries.IsEmpty)
            return mention;

        var plans = record.Concepts.Entries.Where(entry => entry.Kinds.Contains(RecordKind.CarePlan) && entry.Name.Contains(mention.Words, StringComparison.OrdinalIgnoreCase)).ToArray();
        return plans is [var plan] ? mention with { Names = [plan.Name], Entries = [plan] } : mention;
    }

    /// <summary>Whether the record has an allergy to what is named, or to its class.</summary>
    public bool IsAllergen(ConceptMention mention) => Allergens.NamesOf(record, mention.Words, resolver, vocabulary).Count > 0;

    /// <summary>"Allergic to amoxicillin" is also answered by an allergy to penicillin.</summary>
    public ConceptMention AsAllergen(ConceptMention mention) => Allergens.NamesOf(record, mention.Words, resolver, vocabulary) is { Count: > 0 } names && names[0] != mention.Words
        ? mention with { Names = names, Entries = [.. names.SelectMany(name => resolver.Resolve(record, name, [RecordKind.Allergy]).Entries).Distinct()] }
        : mention;

    /// <summary>Whether a token is free and neither a function word nor part of a topic.</summary>
    public bool IsContent(QuestionText question, int at) => !question.IsClaimed(at) && !AsksLength(question, at) && (!lexicon.IsGlue(question[at]) || IsLetterOfName(question, at));

    // The t of "wasn't" says nothing, that of "T-score" is part of a name.
    private static bool IsLetterOfName(QuestionText question, int at) =>
        question[at] is "ms" && at == question.Count - 1 && question.Slice(new TokenSpan(at, 1)) is "MS" || question[at] is "t" or "d" or "m" or "o" && !question.Gap(at).EndsWith('\'') && question.Gap(at + 1) is not "'";

    private ConceptMention? ResolveFrom(QuestionText question, int first)
    {
        // A name may begin with words of other meaning ("total cholesterol") and end with them ("flu vaccine", "white cell count"); the longest that is known wins.
        for (var start = Math.Max(0, first - 2); start <= first; start++)
        {
            // "Penicillin not given": what is denied is no part of a name.
            if (question[first] is "not")
                return null;

            if (!question.IsFreeOrTopical(new TokenSpan(start, first - start + 1)) || Enumerable.Range(start, first - start).Any(i => IsDeterminer(question[i])))
                continue;

            for (var last = Math.Min(question.Count - 1, first + 7); last >= first; last--)
            {
                var span = new TokenSpan(start, last - start + 1);
                var extended = start < first || (last > first && !IsContent(question, last));
                if (!question.IsFreeOrTopical(span) || (last > first && !MayEnd(question, last)))
                    continue;

                // "Nausea drug" names what the drug is for, unless it is known as a sort of drugs.
                if (span.Count > 1 && question[last] is "drug" or "drugs" or "tablet" or "tablets" or "medication" or "medications" or "medicine" or "medicines" or "meds" or "pill" or "pills" && AddsNothing(question, span))
                    continue;

                // "Mean K": the word says what to make of the values, unless more of a name follows ("mean corpuscular volume").
                if (span.Count == 1 && OrderingReader.ReadAt(question, first) is not null)
                    continue;

                // "Did she follow up": a verb behind its subject names nothing.
                if (span.Count == 1 && question[first] is "follow" or "report" or "note" or "record" or "order" or "result" or "visit" && question[first - 1] is "he" or "she" or "they" or "i" or "patient" or "to")
                    continue;

                var words = WithoutPlural(question.Slice(span));
                var resolved = resolver.Resolve(record, words, []);

                // "MRI of the brain" is what is called MRI of brain.
                if (resolved.Entries.IsEmpty && !resolved.IsKnown && WithoutDeterminer(words) is { } plain && resolver.Resolve(record, plain, []) is var other && (other.IsKnown || !other.Entries.IsEmpty))
                    (words, resolved) = (plain, other);

                // "Is the enterococcus vancomycin sensitive" names no resistant one.
                if (span.Count > 1 && resolved.Match.How is "text" && resolved.Entries.All(entry => entry.Name.Contains("resistant", StringComparison.OrdinalIgnoreCase)) && !resolved.Entries.IsEmpty && !words.Contains("resistant", StringComparison.OrdinalIgnoreCase))
                    continue;

                if (span.Count == 1 && words.Length == 1 && resolved.Match.How is not ("code" or "synonym"))
                    continue;

                // "In the other hospital": a word of many names, and itself none.
                if (span.Count == 1 && lexicon.IsNoName(question[first]) && vocabulary.Find(words).IsEmpty)
                    continue;

                var known = resolved.Entries.Length > 0 || resolved.IsKnown;

                // "Potassium and sodium" are two things unless they are known as one.
                if (Enumerable.Range(span.First, span.Count).Any(i => question[i] is "and" or "or") && resolved.Match.How is not ("text" or "code") && vocabulary.Find(words).IsEmpty)
                    continue;

                if (known && (!extended || resolved.Match.How is "code" or "text" or "synonym" or "class" or "none"))
                    return new ConceptMention(span, words, resolved.Entries, false, resolved.Match, [.. vocabulary.Find(words).SelectMany(term => term.Kinds).Where(kind => kind != RecordKind.DiagnosticReport).Distinct()]);
            }
        }

        return null;
    }

    private static string? WithoutDeterminer(string words)
    {
        foreach (var determiner in new[] { " of the ", " of his ", " of her ", " of my ", " on the ", " in the " })
            if (words.IndexOf(determiner, StringComparison.OrdinalIgnoreCase) is var at and > 0)
                return $"{words[..at]} of {words[(at + determiner.Length)..]}";

        return null;
    }

    private bool AddsNothing(QuestionText question, TokenSpan span) =>
        vocabulary.Find(question.Slice(span)) is var known && (known.IsEmpty || known.SequenceEqual(vocabulary.Find(question.Slice(span with { Count = span.Count - 1 }))));

    // "Ks", "A1cs", "CXRs": the plural of what is written as an abbreviation.
    private static string WithoutPlural(string words) =>
        words.Length > 1 && words[^1] == 's' && words[..^1].Any(char.IsUpper) && (char.IsUpper(words[^2]) || words[..^1].Any(char.IsDigit)) ? words[..^1] : words;

    // A dose is asked of what is named before it: "insulin dose" is no name.
    private bool MayEnd(QuestionText question, int at) => question[at] is not ("dose" or "doses" or "dosage" or "strength") && ((IsContent(question, at) && question[at] is not "not") || (question.IsTopical(at) && lexicon.FindTopic(question[at]) is not ({ Value: not null } or { Name: "prescription" or "dispense" })) || IsNumberOrLetter(question[at])
        || question[at] is "out" or "removed" or "count" or "rate" or "level" or "score" or "type" or "time" or "test" or "tests" or "name" or "tract" or "site");

    private bool IsName(QuestionText question, TokenSpan span)
    {
        var content = 0;
        for (var i = span.First; i < span.After; i++)
            if (!lexicon.IsGlue(question[i]))
                content++;

        if (content == 0)
            return false;

        // A lone number is a count or a year before it is a code, and a lone word of the lexicon says what a question is about before it is a name.
        if (span.Count == 1)
        {
            var token = question.Tokens[span.First];
            if (token.Word.Length < 2 || (token.Word.All(char.IsDigit) && token.Word.Length < 6))
                return false;

            return lexicon.FindTopic(token.Word) is null || IsWrittenAsName(question, token);
        }

        return lexicon.FindTopic(question.Words(span)) is null || IsWrittenAsName(question, question.Tokens[span.First]);
    }

    private bool IsWrittenAsName(QuestionText question, QuestionToken token) =>
        token.Start > 0 && char.IsUpper(question.Text[token.Start]) && token.Word is not "icu"
        && _names.FindConcepts(token.Word).Any(entry => entry.Name.StartsWith(question.Text[token.Start..token.End], StringComparison.Ordinal));

    private static ConceptMention Verbatim(QuestionText question, TokenSpan span, IReadOnlyList<ConceptEntry> entries)
    {
        var words = question.Slice(span);
        return new ConceptMention(
            span,
            words,
            [.. entries],
            true,
            new ConceptMatch(words, [.. entries.Select(entry => entry.Name).Distinct(StringComparer.Ordinal)], [], "text", false),
            []);
    }

    private static bool IsNumberOrLetter(string word) => word.Length == 1 || word.All(char.IsDigit);

    private static bool IsDeterminer(string word) =>
        word is "the" or "a" or "an" or "my" or "his" or "her" or "their" or "your" or "any" or "of" or "is" or "was" or "with" or "for" or "did" or "does" or "has" or "have" or "had" or "what" or "which" or "when" or "how" or "latest" or "last" or "first" or "recent"
            or "ever" or "been" or "in" or "on" or "to" or "by" or "at" or "me" or "i" or "patient" or "patients" or "s" or "and" or "or" or "current" or "currently";
}
