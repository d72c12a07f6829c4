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

        return [.. stays.OrderBy(stay => stay.When!.Value.Start)];
    }

    private static bool Says(string reason, HashSet<string> names, List<string> words)
    {
        var said = QuestionText.Tokenize(reason).ConvertAll(token => token.Word);
        return names.Contains(string.Join(' ', said)) || words.TrueForAll(said.Contains);
    }
}
