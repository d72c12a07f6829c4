using System.Text.Json;
using System.Text.Json.Serialization;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Reads and checks vocabulary files. A mistake is an <see cref="InvalidDataException"/> that names file and entry.</summary>
internal static class VocabularyReader
{
    private const string EmbeddedFolder = "MedGemma.Agents.Records.Concepts.Vocabulary.";

    // A name of one or two letters inside a longer name is nearly always something else.
    private const int LongestAbbreviation = 2;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    public static IEnumerable<VocabularyTerm> ReadEmbedded()
    {
        var assembly = typeof(VocabularyReader).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(EmbeddedFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var term in Read(stream, name[EmbeddedFolder.Length..]))
                yield return term;
        }
    }

    public static IEnumerable<VocabularyTerm> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InvalidDataException($"The vocabulary folder '{folder}' does not exist.");

        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var stream = File.OpenRead(path);
            foreach (var term in Read(stream, Path.GetFileName(path)))
                yield return term;
        }
    }

    private static List<VocabularyTerm> Read(Stream stream, string name)
    {
        VocabularyFile file;
        try
        {
            file = JsonSerializer.Deserialize<VocabularyFile>(stream, Options) ?? throw new InvalidDataException($"Vocabulary file {name} is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"Vocabulary file {name} cannot be read at {exception.Path}, line {exception.LineNumber + 1}: {exception.Message}", exception);
        }

        return [.. file.Terms.Select((row, index) => Term(file, row, $"Vocabulary file {name}, entry {index + 1} '{row.Name}'"))];
    }

    private static VocabularyTerm Term(VocabularyFile file, VocabularyFile.TermRow row, string place)
    {
        if (file.Kinds.IsEmpty && row.Kinds is not { IsEmpty: false })
            throw new InvalidDataException($"{place}: no kinds are given, neither here nor for the file.");

        var names = row.Names ?? [];
        var whole = row.Whole ?? [];
        var asked = row.Asked ?? [];
        foreach (var text in names.Concat(whole).Concat(asked).Prepend(row.Name))
        {
            if (PhraseText.Tokens(text).Length == 0)
                throw new InvalidDataException($"{place}: the name '{text}' has no letter or digit.");
        }

        var phrases = names.Prepend(row.Name).Select(PhraseText.Tokens).ToList();
        return new VocabularyTerm
        {
            Name = row.Name,
            Category = file.Category,
            Kinds = row.Kinds ?? file.Kinds,
            OtherKinds = file.OtherKinds ?? [],
            Names = [.. names.Concat(whole).Concat(asked).Prepend(row.Name).Distinct(StringComparer.OrdinalIgnoreCase)],
            Codes = [.. (row.Codes ?? []).Select(code => Code(code, place))],
            CodePrefixes = [.. (row.Prefixes ?? []).Select(code => Code(code, place))],
            SomeCodePrefixes = [.. (row.SomePrefixes ?? []).Select(code => Code(code, place))],
            Members = row.Members ?? [],
            Ingredients = row.Of ?? [],
            Near = row.Near ?? [],
            WholeNames = [.. whole.Concat(names.Prepend(row.Name).Where(IsAbbreviation)).Select(PhraseText.Key)],
            Phrases = [.. phrases.Where(tokens => PhraseText.Key(tokens).Length > LongestAbbreviation)],
            Without = [.. Exceptions(file, row, phrases)],
        };
    }

    private static bool IsAbbreviation(string name) => PhraseText.Key(name).Length <= LongestAbbreviation;

    /// <summary>The file's exceptions do not hold for a term whose own name contains them: "urine" is no exception for "urine protein".</summary>
    private static IEnumerable<string[]> Exceptions(VocabularyFile file, VocabularyFile.TermRow row, List<string[]> phrases) =>
        (file.Without ?? []).Select(PhraseText.Tokens)
            .Where(exception => !phrases.Any(phrase => TokenRun.Contains(phrase, exception)))
            .Concat((row.Without ?? []).Select(PhraseText.Tokens));

    private static Coding Code(string text, string place)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        if (bar <= 0 || bar == text.Length - 1 || !CodeSystems.IsKnown(text[..bar]))
            throw new InvalidDataException($"{place}: the code '{text}' must be written system|code with one of the systems {CodeSystems.Names}.");

        return new Coding(text[..bar], CodeSystems.Normalize(text[..bar], text[(bar + 1)..]), null);
    }
}
