using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>Decides what is asked of insurance, claims and payments: who pays, what was billed, what was paid.</summary>
internal static class BillingChoice
{
    /// <summary>Whether the kinds are of billing.</summary>
    public static bool Applies(IReadOnlyList<RecordKind> kinds) =>
        kinds.Count > 0 && kinds.All(kind => kind is RecordKind.Coverage or RecordKind.Claim or RecordKind.ExplanationOfBenefit);

    /// <summary>The kinds to ask: where no insurance is recorded by itself, the claims say who is billed.</summary>
    public static IReadOnlyList<RecordKind> Kinds(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, Func<RecordKind, bool> hasAny)
    {
        if (Names(frame, "paid") && !AsksPayer(frame))
            return [RecordKind.ExplanationOfBenefit];

        if (!AsksPayer(frame))
            return kinds;

        return Names(frame, "claim") ? [RecordKind.Claim]
            : !hasAny(RecordKind.Coverage) && (hasAny(RecordKind.Claim) || hasAny(RecordKind.ExplanationOfBenefit)) ? [RecordKind.Claim]
            : [RecordKind.Coverage];
    }

    /// <summary>The element.</summary>
    public static ResultElement? Element(QuestionFrame frame) => frame switch
    {
        { SaysWhen: true } or { Asking: Asking.Time } => ResultElement.Start,
        { Asking: Asking.Count } => null,
        _ when AsksPayer(frame) => ResultElement.Payer,
        _ when Names(frame, "paid") => ResultElement.Paid,
        _ => ResultElement.Billed,
    };

    private static bool AsksPayer(QuestionFrame frame) => (Names(frame, "payer") && (!Names(frame, "paid") || frame.Asking == Asking.Name)) || (frame.Asks.Who && (Names(frame, "paid") || Names(frame, "billed")));

    private static bool Names(QuestionFrame frame, string topic) => frame.Topics.Any(mention => mention.Topic.Name == topic);
}
