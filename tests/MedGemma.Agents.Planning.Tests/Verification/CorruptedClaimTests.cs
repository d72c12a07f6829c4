using System.Collections.Concurrent;
using CsCheck;
using MedGemma.Agents.Planning.Tests.Verification.Generated;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Tests.Verification;

public sealed class CorruptedClaimTests(ITestOutputHelper output)
{
    private const int Claims = 10_000;
    private const double MostTrueRefused = 0.01;
    private const double FewestFalseCaught = 0.995;

    [Fact]
    public void Corrupted_claims_are_caught_and_true_ones_pass() => Check(ClaimGrammar.Generate);

    [Fact]
    public void Corrupted_claims_are_caught_and_true_ones_pass_however_they_are_put() => Check(ParaphraseGrammar.Generate);

    private void Check(Func<int, Scenario> generate)
    {
        var verifier = new ClaimVerifier(new UnitConverter());
        var counts = new ConcurrentDictionary<string, (int Made, int Refused)>();
        var examples = new ConcurrentDictionary<string, string>();
        Gen.Int[1, int.MaxValue].Sample(
            seed =>
            {
                var scenario = generate(seed);
                var record = scenario.Chart.Build();
                Count("true", scenario.Sentence, mustPass: true);
                foreach (var corruption in scenario.Corruptions)
                {
                    var sentence = scenario.Corrupted(corruption);
                    if (sentence != scenario.Sentence)
                        Count(corruption.Kind, sentence, mustPass: false);
                }

                void Count(string kind, string sentence, bool mustPass)
                {
                    var refused = verifier.FindUnsupported(Chart.Claim(sentence, scenario.Result), [scenario.Result], record);
                    counts.AddOrUpdate(kind, (1, refused.Count > 0 ? 1 : 0), (_, old) => (old.Made + 1, old.Refused + (refused.Count > 0 ? 1 : 0)));
                    if (refused.Count > 0 == mustPass && examples.Count < 60)
                        examples.TryAdd($"{kind}: {sentence}", string.Join(" | ", refused));
                }
            },
            iter: Claims);

        foreach (var (kind, (made, refused)) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine($"{kind,-18} {made,7} generated {refused,7} refused {100.0 * refused / made,8:0.00} %");
        foreach (var (sentence, reasons) in examples)
            output.WriteLine($"wrong verdict: {sentence} [{reasons}]");

        var corrupted = counts.Where(pair => pair.Key != "true").ToList();
        var caught = (double)corrupted.Sum(pair => pair.Value.Refused) / corrupted.Sum(pair => pair.Value.Made);
        var lost = (double)counts["true"].Refused / counts["true"].Made;
        output.WriteLine($"{100 * caught:0.000} % of {corrupted.Sum(pair => pair.Value.Made)} corrupted claims caught, {100 * lost:0.000} % of {counts["true"].Made} true claims refused");
        Assert.True(caught >= FewestFalseCaught, $"caught {caught:P3}");
        Assert.True(lost <= MostTrueRefused, $"refused {lost:P3}");
        Assert.All(corrupted, pair => Assert.True(pair.Value.Refused >= FewestFalseCaught * pair.Value.Made, $"{pair.Key}: {pair.Value}"));
    }
}
