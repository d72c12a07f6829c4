using CsCheck;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>Whatever becomes of a plan or of claims on their way, nothing throws, and nothing that is not recorded reaches an answer.</summary>
public sealed class PlanMutationTests
{
    private static readonly string[] s_pieces = ["\"", "{", "}", "[", "]", ":", ",", "null", "true", "-1", "9.99", "\\ud800", "r1.1", "r99.9999", "\"kinds\"", "\"patient\"", "Patient/x", "<end_of_turn>", "\n"];

    private static readonly string[] s_plans = [Scripts.LatestCreatinine, Scripts.MeanCreatinine, Scripts.Warfarin];

    private static readonly Gen<(int At, int Length, string Put)> s_mutation =
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 12], Gen.OneOf(Gen.Int[0, s_pieces.Length - 1].Select(index => s_pieces[index]), Gen.String[0, 6]), (at, length, put) => (at, length, put));

    [Fact]
    public async Task A_mutated_plan_does_nothing_but_read_this_record()
    {
        var record = await ModelTurn.RecordAsync();
        Gen.Select(Gen.Int[0, 2].Select(index => s_plans[index]), s_mutation.Array[1, 3]).Sample(
            input =>
            {
                var plan = input.Item2.Aggregate(input.Item1, Mutate);
                var answer = Ask(ScriptedModel.Saying([plan, Scripts.Done], [Scripts.Claim("The value is 9.99.", "r1")]));
                return answer.Claims.Count == 0 && answer.Values.Count == 0
                    && EvidenceOf.Answer(answer).All(evidence => record.TryFollow(evidence.Resource.ToString(), out _));
            },
            iter: 300);
    }

    [Fact]
    public void Mutated_claims_reach_an_answer_only_when_they_are_still_true() =>
        s_mutation.Array[1, 3].Sample(
            mutations =>
            {
                var claims = mutations.Aggregate(Scripts.CreatinineClaim, Mutate);
                var answer = Ask(ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [claims]));
                return answer.Claims.All(claim => claim.Verdict == Verdict.Supported && !claim.Text.Contains("9.99", StringComparison.Ordinal))
                    && answer.Values.All(value => value.GetDecimal() == 1.90m)
                    && (answer.Status == AnswerStatus.Unsure) == (answer.Values.Count == 0)
                    && (answer.Claims.Count > 0 || answer.Status == AnswerStatus.Unsure);
            },
            iter: 300);

    [Fact]
    public void A_value_that_is_not_the_recorded_one_reaches_no_answer() =>
        Gen.Int[0, 99_999].Select(number => number / 1000m).Where(number => Math.Abs(number - 1.9m) > 0.11m).Sample(
            number =>
            {
                var claim = Scripts.Claim($"The latest Creatinine [Mass/volume] in Serum or Plasma is {number} mg/dL, of 2025-07-22.", "r1.1");
                var answer = Ask(ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [claim]));
                return answer.Claims.Count == 0 && answer.Reason is UnsureReason.Withheld;
            },
            iter: 300);

    private static string Mutate(string text, (int At, int Length, string Put) mutation)
    {
        var at = mutation.At % text.Length;
        return text[..at] + mutation.Put + text[Math.Min(text.Length, at + mutation.Length)..];
    }

    private static Answer Ask(ScriptedModel model) => new ModelTurn().AskAsync(model, "What is the latest creatinine?").GetAwaiter().GetResult();
}
