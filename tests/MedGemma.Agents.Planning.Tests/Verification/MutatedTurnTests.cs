using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Planning.Tests.Verification.Generated;
using MedGemma.Agents.Planning.Tests.Verification.Turns;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Planning.Tests.Verification;

/// <summary>Sentences of whole turns about the synthetic patients whose answer is the generator's, said wrongly and said otherwise.</summary>
public sealed class MutatedTurnTests(ITestOutputHelper output)
{
    private const double MostTrueRefused = 0.01;
    private const double FewestFalseCaught = 0.995;
    private const int Shown = 40;

    // Of 2,200 questions one in eleven in a test run; all behind MEDGEMMA_SOAK.
    private static readonly int s_step = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? 11 : 1;

    [Fact]
    public async Task What_is_said_wrongly_of_a_turn_is_refused_and_what_is_said_otherwise_is_not()
    {
        var source = await FileRecordSource.OpenAsync([Path.Combine(FixtureQuestion.Folder, "patients")], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        var records = new Dictionary<string, PatientRecord>(StringComparer.Ordinal);
        var counts = new SortedDictionary<string, (int Made, int Refused)>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var question in FixtureQuestion.All.Where((_, index) => index % s_step == 0))
        {
            if (!records.TryGetValue(question.Patient, out var record))
                records[question.Patient] = record = await Answering.ReadAsync(source, question.Patient);
            var answer = await Answering.AskAsync(record, question.ToChartQuestion());
            if (!question.IsRight(answer))
                continue;

            foreach (var claim in answer.Claims)
            {
                var dice = new Dice(Seed(claim.Text));
                foreach (var (kind, text) in FalseSentences.Of(claim.Text, dice).Where(change => change.Kind != "laterality" || !IsOfSide(change.Text, claim, record)))
                    Count("false: " + kind, claim, text, mustPass: false);
                foreach (var (kind, text) in TrueSentences.Of(claim.Text))
                    Count("true: " + kind, claim, text, mustPass: true);
            }

            void Count(string kind, Claim claim, string text, bool mustPass)
            {
                if (text == claim.Text)
                    return;

                var refused = Answering.Verifier.FindUnsupported(claim with { Text = text }, answer.Queries, record);
                var old = counts.GetValueOrDefault(kind);
                counts[kind] = (old.Made + 1, old.Refused + (refused.Count > 0 ? 1 : 0));
                if (refused.Count > 0 == mustPass)
                    wrong.Add($"{kind}: {text} [was: {claim.Text}] [{string.Join(" | ", refused)}]");
            }
        }

        foreach (var (kind, (made, refused)) in counts)
            output.WriteLine($"{kind,-45} {made,7} made {refused,7} refused {100.0 * refused / made,8:0.00} %");
        foreach (var group in wrong.GroupBy(line => line[..line.IndexOf(": ", 8, StringComparison.Ordinal)]))
        {
            foreach (var line in group.Take(Shown))
                output.WriteLine(line);
        }

        var (falses, trues) = (Sum("false: "), Sum("true: "));
        output.WriteLine($"{100.0 * falses.Refused / falses.Made:0.000} % of {falses.Made} false sentences caught, {100.0 * trues.Refused / trues.Made:0.000} % of {trues.Made} true ones refused");
        Assert.True(falses.Refused >= FewestFalseCaught * falses.Made, $"{falses.Made - falses.Refused} of {falses.Made} false sentences were not caught");
        Assert.True(trues.Refused <= MostTrueRefused * trues.Made, $"{trues.Refused} of {trues.Made} true sentences were refused");

        (int Made, int Refused) Sum(string start) => counts.Where(pair => pair.Key.StartsWith(start, StringComparison.Ordinal))
            .Aggregate((Made: 0, Refused: 0), (sum, pair) => (sum.Made + pair.Value.Made, sum.Refused + pair.Value.Refused));
    }

    // A side that is put into the sentence may be the right one, where the record says it in another place than the name.
    private static bool IsOfSide(string text, Claim claim, PatientRecord record) => new[] { "left", "right" }
        .Where(side => text.Contains(side, StringComparison.OrdinalIgnoreCase) && !claim.Text.Contains(side, StringComparison.OrdinalIgnoreCase))
        .Any(side => claim.Evidence.Any(evidence => record.TryFollow(evidence.Resource.ToString(), out var resource) && resource.Json.GetRawText().Contains(side, StringComparison.OrdinalIgnoreCase)));

    private static int Seed(string text) => text.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter)) & int.MaxValue;
}
