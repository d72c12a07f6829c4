using System.Text.Json;
using CsCheck;
using MedGemma.Agents.Planning.Loop;

namespace MedGemma.Agents.Planning.Tests.Loop;

public sealed class ClaimReaderTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private static readonly Gen<string> s_text = Gen.OneOf(Gen.String[Gen.Char[' ', '~'], 1, 30], Gen.Const("Größe 4,0 – \"x\" \\ 😀"), Gen.Const("{\"claims\":[]}"), Gen.Const("]}]}"));

    private static readonly Gen<string> s_answer = Gen.Select(s_text, Gen.OneOf("r1", "r1.1", "r12.7").Array[0, 3]).Array[0, 6]
        .SelectMany(claims => Gen.Select(Gen.Bool, Gen.OneOf("", " ", "\n"), Gen.Bool, (indented, before, fenced) =>
        {
            var json = JsonSerializer.Serialize(
                new { claims = claims.Select(claim => new { text = claim.Item1, evidence = claim.Item2 }) }, indented ? s_indented : null);
            return before + (fenced ? $"```json\n{json}\n```" : json);
        }));

    [Fact]
    public void However_an_answer_is_cut_into_pieces_its_claims_are_those_of_the_whole() => Gen.Select(s_answer, Gen.Int[1, 9]).Sample((answer, size) =>
    {
        var whole = WrittenClaim.Read(answer);

        Assert.NotNull(whole);
        Assert.Equal(whole.Select(Said), ReadIn(answer, size).Select(Said));
    });

    [Fact]
    public void Of_a_damaged_answer_no_claim_is_read_that_does_not_stand_in_it() => Gen.Select(s_answer, Gen.Int[1, 9], Gen.Int[0, 400], Gen.Char[' ', '~']).Sample((answer, size, place, letter) =>
    {
        var damaged = place < answer.Length ? $"{answer[..place]}{letter}{answer[(place + 1)..]}" : answer[..(answer.Length / 2)];

        Assert.All(ReadIn(damaged, size), claim => Assert.NotNull(WrittenClaim.Read($$"""{"claims":[{{JsonSerializer.Serialize(new { text = claim.Text, evidence = claim.Evidence })}}]}""")));
        if (WrittenClaim.Read(damaged) is { } whole)
            Assert.Equal(whole.Select(Said), ReadIn(damaged, size).Select(Said));
    });

    [Fact]
    public void A_claim_is_given_with_the_piece_that_closes_it()
    {
        var reader = new ClaimReader();

        Assert.Empty(reader.Add("""{"claims":[{"text":"One.","evidence":["r1"]"""));
        Assert.Equal("One.", Assert.Single(reader.Add("},{")).Text);
        Assert.Empty(reader.Add("\"text\":\"Tw"));
        Assert.Equal("Two.", Assert.Single(reader.Add("""o.","evidence":["r1.2"]}]}""")).Text);
    }

    [Theory]
    [InlineData("""The answer: {"claims":[{"text":"One.","evidence":[]}]}""")]
    [InlineData("""{"answer":[{"text":"One.","evidence":[]}]}""")]
    [InlineData("""{"claims":{"text":"One.","evidence":[]}}""")]
    [InlineData("""{"claims":[[{"text":"One.","evidence":[]}]]}""")]
    [InlineData("""{"claims":["One.",{"text":"One.","evidence":[]}]}""")]
    [InlineData("""{"claims":[{"text":"One.","evidence":[],"text":"Two."}]}""")]
    [InlineData("""{"claims":[{"text":"One.","evidence":[],"note":1}]}""")]
    [InlineData("""[{"claims":[{"text":"One.","evidence":[]}]}]""")]
    [InlineData("""{"claims":[],"claims":[{"text":"One.","evidence":[]}]}""")]
    [InlineData("""{"\ud800":[{"text":"One.","evidence":[]}]}""")]
    public void What_is_no_list_of_claims_gives_none(string text)
    {
        var reader = new ClaimReader();

        Assert.Empty(text.SelectMany(letter => reader.Add(letter.ToString())));
        Assert.True(reader.IsBroken);
    }

    [Fact]
    public void No_more_claims_are_given_than_an_answer_may_have()
    {
        var claims = string.Join(',', Enumerable.Range(0, 30).Select(number => $$"""{"text":"Number {{number}}.","evidence":[]}"""));

        Assert.Equal(WrittenClaim.MostClaims, ReadIn($$"""{"claims":[{{claims}}]}""", 5).Count);
    }

    private static string Said(WrittenClaim claim) => $"{claim.Text} {string.Join(' ', claim.Evidence)}";

    private static List<WrittenClaim> ReadIn(string text, int size)
    {
        var reader = new ClaimReader();
        return [.. text.Chunk(size).SelectMany(piece => reader.Add(new string(piece)))];
    }
}
