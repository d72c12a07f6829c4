using CsCheck;
using MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Scoring;

public sealed class AnswerScorerTests
{
    private static readonly AnswerScorer Scorer = new(ScoringConventions.Default);

    [Theory]
    [InlineData("[116]", "[116]", true)]
    [InlineData("[116]", "[116.0000009]", true)]
    [InlineData("[116]", "[116.000002]", false)]
    [InlineData("[116]", "[117]", false)]
    [InlineData("[116]", "[\"116\"]", false)]
    [InlineData("[0]", "[]", false)]
    [InlineData("[-79228162514264337593543950335]", "[79228162514264337593543950335]", false)]
    [InlineData("[1e400]", "[1e400]", true)]
    [InlineData("[true]", "[true]", true)]
    [InlineData("[true]", "[false]", false)]
    [InlineData("[true]", "[\"true\"]", false)]
    [InlineData("[true]", "[1]", false)]
    [InlineData("[false]", "[false]", true)]
    [InlineData("[\"Chest  X-Ray\"]", "[\" chest x-ray\"]", true)]
    [InlineData("[\"Chest X-Ray\"]", "[\"Chest Xray\"]", false)]
    [InlineData("[\"2128-05-06\"]", "[\"2128-05-06\"]", true)]
    [InlineData("[\"2128-05-06\"]", "[\"2128-05-07\"]", false)]
    [InlineData("[\"2128-05-06\"]", "[\"2128-05-06T23:30:00-05:00\"]", true)]
    [InlineData("[\"2128-05-07\"]", "[\"2128-05-06T23:30:00-05:00\"]", false)]
    [InlineData("[\"2180-05-07T17:15:00-04:00\"]", "[\"2180-05-07T21:15:00Z\"]", true)]
    [InlineData("[\"2180-05-07T17:15:00-04:00\"]", "[\"2180-05-07T17:15:00Z\"]", false)]
    [InlineData("[\"2180-05-07T17:15:00-04:00\"]", "[\"2180-05-07T17:15:00\"]", false)]
    [InlineData("[\"2180-05-07T17:15:00-04:00\"]", "[\"2180-05-07\"]", false)]
    [InlineData("[\"2180-05\"]", "[\"2180-05\"]", true)]
    [InlineData("[\"2180-05\"]", "[\"2180-05-07\"]", false)]
    [InlineData("[1,2]", "[2,1]", true)]
    [InlineData("[1,2]", "[2,1,1]", true)]
    [InlineData("[1,2]", "[1]", false)]
    [InlineData("[1]", "[1,2]", false)]
    [InlineData("[]", "[]", true)]
    [InlineData("[]", "[1]", false)]
    [InlineData("[1]", "[1,null]", false)]
    [InlineData("[1]", "[[1]]", false)]
    public void Answered_values_are_compared_as_sets_by_what_they_mean(string gold, string predicted, bool right) =>
        Assert.Equal(right, Scorer.IsRight(Lines.Question(gold), Lines.Answered(predicted)));

    [Theory]
    [InlineData("[]", true)]
    [InlineData("[false]", false)]
    [InlineData("[0]", false)]
    [InlineData("[true]", false)]
    public void None_recorded_is_right_only_for_an_empty_gold(string gold, bool right) =>
        Assert.Equal(right, Scorer.IsRight(Lines.Question(gold), Lines.NoneRecorded()));

    [Theory]
    [InlineData("[]")]
    [InlineData("[true]")]
    public void Unsure_is_never_right_unless_the_gold_status_is_unsure(string gold)
    {
        Assert.False(Scorer.IsRight(Lines.Question(gold), Lines.Unsure()));
        Assert.True(Scorer.IsRight(Lines.Question(gold, status: "unsure"), Lines.Unsure()));
    }

    [Fact]
    public void A_gold_status_must_be_met_and_then_the_values()
    {
        Assert.True(Scorer.IsRight(Lines.Question("[false]", status: "none_recorded"), Lines.NoneRecorded()));
        Assert.False(Scorer.IsRight(Lines.Question("[false]", status: "none_recorded"), Lines.Answered("[false]")));
        Assert.True(Scorer.IsRight(Lines.Question("[7]", status: "answered"), Lines.Answered("[7]")));
        Assert.False(Scorer.IsRight(Lines.Question("[7]", status: "answered"), Lines.Answered("[8]")));
        Assert.False(Scorer.IsRight(Lines.Question("[]", status: "answered"), Lines.NoneRecorded()));
        Assert.True(Scorer.IsRight(Lines.Question("null", status: "answered"), Lines.Answered("[8]")));
    }

    [Fact]
    public void A_question_without_gold_is_not_scored()
    {
        Assert.Null(Scorer.IsRight(Lines.Question("null"), Lines.Answered("[8]")));
        Assert.Null(Scorer.IsRight(Lines.Read("""{"id":"q","patient":"p","question":"?","evidence":["Observation/1"]}"""), Lines.NoneRecorded()));
    }

    [Theory]
    [InlineData("[\"AMBI5\"]", true)]
    [InlineData("[\"zolpidem tartrate\"]", true)]
    [InlineData("[\"AMBI5\",\"Zolpidem Tartrate\"]", true)]
    [InlineData("[\"60505260400\",\"AMBI5\",\"Zolpidem Tartrate\"]", true)]
    [InlineData("[\"AMBI5\",\"Aspirin EC\"]", false)]
    [InlineData("[\"Aspirin EC\"]", false)]
    [InlineData("[]", false)]
    public void Any_identifier_is_right_where_the_convention_says_that_they_are_alternatives(string predicted, bool right)
    {
        const string Gold = """["60505260400","AMBI5","Zolpidem Tartrate"]""";

        Assert.Equal(right, Scorer.IsRight(Lines.Question(Gold, template: "drug-name"), Lines.Answered(predicted)));
    }

    [Fact]
    public void Several_values_of_other_templates_are_all_needed()
    {
        const string Gold = """["ESCHERICHIA COLI","VIRIDANS STREPTOCOCCI"]""";

        Assert.False(Scorer.IsRight(Lines.Question(Gold, template: "organism-name"), Lines.Answered("""["Escherichia coli"]""")));
        Assert.True(Scorer.IsRight(Lines.Question(Gold, template: "organism-name"), Lines.Answered("""["Viridans streptococci","Escherichia coli"]""")));
        var named = new AnswerScorer(new ScoringConventions(new HashSet<string> { "organism-name" }));
        Assert.True(named.IsRight(Lines.Question(Gold, template: "organism-name"), Lines.Answered("""["Escherichia coli"]""")));
    }

    [Theory]
    [InlineData("[\"2129-04-08T03:43:00-04:00\"]", true)]
    [InlineData("[\"2129-04-08T03:43:00-04:00\",\"2129-04-08T03:44:00-04:00\"]", true)]
    [InlineData("[\"2129-04-08T03:44:00-04:00\"]", false)]
    [InlineData("[\"2129-04-08T03:43:00-04:00\",\"2129-04-08T03:45:00-04:00\"]", false)]
    [InlineData("[]", false)]
    public void A_period_is_said_by_its_start_and_perhaps_its_end(string predicted, bool right) =>
        Assert.Equal(right, Scorer.IsRight(
            Lines.Question("""[{"end":"2129-04-08T03:44:00-04:00","start":"2129-04-08T03:43:00-04:00"}]"""), Lines.Answered(predicted)));

    [Fact]
    public void The_order_of_gold_and_predicted_values_changes_nothing()
    {
        var values = Gen.OneOf("1", "2.5", "true", "false", "\"a\"", "\"B\"", "\"2128-05-06\"", "\"2128-05-06T01:00:00Z\"", "\"2128-05-06T00:00:00-01:00\"").Array[0, 5];
        Gen.Select(values, values, Gen.Int[0, 1000]).Sample((gold, predicted, seed) =>
        {
            var shuffled = new Random(seed);
            var first = Scorer.IsRight(Lines.Question(Array(gold)), Lines.Answered(Array(predicted)));
            shuffled.Shuffle(gold);
            shuffled.Shuffle(predicted);
            return first == Scorer.IsRight(Lines.Question(Array(gold)), Lines.Answered(Array(predicted)));
        });
    }

    [Fact]
    public void Saying_the_gold_is_always_right()
    {
        var values = Gen.OneOf("1", "-0.25", "true", "false", "\"a b\"", "\"2128-05-06\"", "\"2128-05-06T01:00:00Z\"").Array[0, 5];
        values.Sample(gold => Scorer.IsRight(Lines.Question(Array(gold)), Lines.Answered(Array(gold))) == true);
    }

    private static string Array(string[] values) => $"[{string.Join(',', values)}]";
}
