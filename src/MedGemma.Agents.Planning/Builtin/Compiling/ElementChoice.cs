using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Compiling.Medicines;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Decides which element of what matches a frame asks for.</summary>
internal static class ElementChoice
{
    /// <summary>The element.</summary>
    public static ResultElement Choose(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, Topic? leading)
    {
        if (frame.Duration is { IsOngoing: false })
            return ResultElement.Duration;

        if (MedicineChoice.Element(frame, kinds) is { } ofMedicine)
            return ofMedicine;

        if (AskedElement.Of(frame, kinds) is { } interrogated)
            return interrogated;

        // The strength of a product is part of its name.
        if (leading is { Name: "strength" })
            return frame.Concepts.SelectMany(concept => concept.Entries).Any(entry => entry.Name.Any(char.IsAsciiDigit)) ? ResultElement.Strength : ResultElement.Dose;

        if (leading?.Element is { } own && own is not ResultElement.Name && !(own is ResultElement.Dose && (!KindFamilies.AreMedications(kinds) || frame.SaysWhen || frame.Asking is Asking.YesNo or Asking.Count)))
            return own;

        // A measured value has no end: "how did the potassium come out" wants the value.
        foreach (var mention in frame.Topics)
            if (mention.Topic.Element is { } asked && mention.Topic.Rank == 0 && asked is not ResultElement.Name && !(asked is ResultElement.End && (KindFamilies.HasValues(kinds) || StoppedOnly.Applies(frame, kinds))) && !((mention.Topic.IsResolution || mention.Topic.Name == "no longer" && kinds is [RecordKind.Condition]) && !frame.SaysWhen))
                return asked;

        if (kinds is [RecordKind.Appointment] && frame.Next && frame.Asking == Asking.Plain)
            return ResultElement.Start;

        if (leading?.Element is ResultElement.Name)
            return kinds is [RecordKind.CareUnit] && frame.Asking == Asking.Time && frame.SaysWhen ? ResultElement.Start : ResultElement.Name;

        var named = frame.Topics.Any(mention => mention.Topic.Element == ResultElement.Name && mention.Topic.Rank == 0);
        return frame.Asking switch
        {
            // "Which admission was the longest": stays are told by when they were, not by what all of them are called.
            Asking.Name when frame.Longest && KindFamilies.AreStays(kinds) => ResultElement.Start,
            Asking.Name => ResultElement.Name,
            _ when named && frame.Asking is not (Asking.Count or Asking.YesNo) => ResultElement.Name,
            Asking.Time => ResultElement.Start,
            Asking.Plain or Asking.All when KindFamilies.AreStays(kinds) => frame.AsksType ? ResultElement.Name : ResultElement.Start,
            // "the last prescription of propofol": the thing is given, so what is asked is when.
            Asking.Plain when frame.Ordering is EarliestAggregate or LatestAggregate or NthAggregate && frame.Concepts.Count > 0 && !KindFamilies.HasValues(kinds) => ResultElement.Start,
            Asking.Plain when frame.Concepts.Count == 0 && !KindFamilies.HasValues(kinds) => ResultElement.Name,
            Asking.Plain when frame.Concepts.Count == 0 && frame.Ordering is not null && kinds is not [RecordKind.VitalSign] => ResultElement.Name,
            _ => ResultElement.Default,
        };
    }
}
