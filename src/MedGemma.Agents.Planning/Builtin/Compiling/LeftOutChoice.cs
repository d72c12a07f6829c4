using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Heeds what a question asks to be left out by its state.</summary>
internal static class LeftOutChoice
{
    /// <summary>What the answer says where what never counts was to be left out.</summary>
    private const string NeverCounting = "What was refuted, cancelled or entered in error is never counted.";

    private const string Included = "Every medicine that is being taken is meant, whoever began it.";

    /// <summary>The frame with it and what must be said, or null with the reason why it cannot be heeded.</summary>
    public static (QuestionFrame? Frame, string Said) Apply(QuestionFrame frame, LeftOutThings things, IReadOnlyList<RecordKind> kinds)
    {
        var said = new List<string>();
        if ((things & (LeftOutThings.Refuted | LeftOutThings.Erroneous)) != LeftOutThings.None)
            said.Add(NeverCounting);

        if (things.HasFlag(LeftOutThings.Over))
        {
            if (kinds.Count == 0 || !(kinds is [RecordKind.Allergy] or [RecordKind.Condition] || KindFamilies.AreMedications(kinds)))
                return (null, "What is over is left out of diagnoses, allergies and medicines only; say what is meant without it.");

            frame = frame with { Now = true };
        }

        if (things.HasFlag(LeftOutThings.AsNeeded))
        {
            if (kinds.Count == 0 || !KindFamilies.AreMedications(kinds) || frame.Medicine.Where is not (null or { Element: ResultElement.AsNeeded, Words: ["false"] }))
                return (null, "What is taken as needed is left out of medicines only; say what is meant without it.");

            frame = frame with { Medicine = frame.Medicine with { Where = new ElementFilter(ResultElement.AsNeeded, ["false"]), Present = frame.Medicine.Present || frame.IsPresent } };
        }

        if (things.HasFlag(LeftOutThings.Included))
        {
            if (!KindFamilies.AreMedications(kinds) || kinds.Count == 0 || !(frame.Now || frame.Topics.Any(mention => mention.Topic.Current) || frame.Medicine.Present))
                return (null, "A part of the list is named that the rest of the question may not mean; ask for the medicines that are taken now, or for those alone.");

            said.Add(Included);
        }

        return (frame, string.Join(' ', said));
    }
}
