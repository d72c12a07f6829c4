using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>Finds stays by what they were for: "the appendicitis admission" is one whose recorded reason says appendicitis.</summary>
internal sealed class StayReasons(IRecordQueryEngine engine)
{
    /// <summary>The stays in the order of their starts; none when no recorded reason says it.</summary>
    public IReadOnlyList<RecordResource> Find(PatientRecord record, IReadOnlyList<RecordKind> kinds, IReadOnlyList<string> classes, ConceptMention concept, QueryWindow? window, QueryContext context)
    {
        var result = engine.Run(record, new RecordQuery(new RecordSelection { Kinds = kinds, Categories = classes, Window = window }, new ListAggregate(), ResultElement.Reason), context);
        var names = concept.Entries.SelectMany(entry => entry.Names.Append(entry.Name)).Select(QuestionText.Normalize).ToHashSet(StringComparer.Ordinal);
        var words = QuestionText.Tokenize(concept.Words).ConvertAll(token => token.Word);
        var stays = new List<RecordResource>();
        foreach (var value in result.Values)
        {
            if (value.Value.ValueKind != JsonValueKind.String || !Says(value.Value.GetString()!, names, words))
                continue;

            foreach (var evidence in value.Evidence)
                if (evidence.Resource.Type == "Encounter" && record.TryFollow(evidence.Resource.ToString(), out var stay) && stay.When?.Start is not null && !stays.Contains(stay))
                    stays.Add(stay);
        }

        return stays.Count > 0 ? [.. stays.OrderBy(stay => stay.When!.Value.Start)] : BegunWith(record, kinds, classes, concept, window, context);
    }

    /// <summary>What the recorded reasons of some stays say.</summary>
    public IReadOnlyList<string> Of(PatientRecord record, IReadOnlyList<RecordResource> stays, QueryContext context) =>
    [
        .. stays.SelectMany(stay => engine.Run(record, new RecordQuery(new RecordSelection { Kinds = [RecordKind.Encounter], Encounter = stay.Key.ToString() }, new ListAggregate(), ResultElement.Reason), context).Values)
            .Where(value => value.Value.ValueKind == JsonValueKind.String).Select(value => value.Value.GetString()!).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>The stay on whose first day a diagnosis began, where no reason says it: admitted for what began then. None when nothing, or more than one, does.</summary>
    private RecordResource[] BegunWith(PatientRecord record, IReadOnlyList<RecordKind> kinds, IReadOnlyList<string> classes, ConceptMention concept, QueryWindow? window, QueryContext context)
    {
        if (concept.Entries.IsEmpty || !concept.Kinds.Contains(RecordKind.Condition))
            return [];

        var days = engine.Run(record, new RecordQuery(new RecordSelection { Kinds = [RecordKind.Condition], Concepts = concept.Names }, new ListAggregate(), ResultElement.Start), context).Values
            .Select(value => value.Value.ValueKind == JsonValueKind.String ? value.Value.GetString()! : "").Where(time => time.Length >= 10).Select(time => time[..10]).ToHashSet(StringComparer.Ordinal);
        var stays = engine.Run(record, new RecordQuery(new RecordSelection { Kinds = kinds, Categories = classes, Window = window }, new ListAggregate(), ResultElement.Start), context).Values
            .SelectMany(value => value.Evidence).Select(evidence => record.TryFollow(evidence.Resource.ToString(), out var stay) ? stay : null).OfType<RecordResource>().Distinct()
            .Where(stay => stay.WhenText is { Length: >= 10 } began && days.Contains(began[..10])).ToArray();
        return stays.Length == 1 ? stays : [];
    }

    private static bool Says(string reason, HashSet<string> names, List<string> words)
    {
        var said = QuestionText.Tokenize(reason).ConvertAll(token => token.Word);
        return names.Contains(string.Join(' ', said)) || words.TrueForAll(said.Contains);
    }
}
