using System.Text.Json;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Inference.Grammars.Gbnf;

namespace MedGemma.Agents.Inference.Tests.Grammars;

public sealed class GbnfCheckTests
{
    [Theory]
    [InlineData("root ::= \"yes\" | \"no\"")]
    [InlineData("# a comment\nroot ::= (item \",\")* item # another\nitem ::= [a-z]+ | [^\\n\\x00-\\x1F]{2,4} | . \n")]
    [InlineData("root ::= \"a\" root | \"b\"")]
    [InlineData("root ::= (\n  \"a\" |\n  \"b\"\n)")]
    [InlineData("root ::= \"\\u00e9\\U0001F600\\\"\\\\\" [-a] [a-]")]
    [InlineData("root ::= a? \"x\"\na ::= \"\" | \"y\"")]
    [InlineData("root ::= \"a\"{3} \"b\"{2,} \"c\"{0,5}")]
    public void A_grammar_is_accepted(string grammar) => Assert.Null(GbnfCheck.Problem(grammar));

    [Theory]
    [InlineData("", "there is no rule named root")]
    [InlineData("rule ::= \"a\"", "there is no rule named root")]
    [InlineData("root ::= item", "the rule item is used and not defined")]
    [InlineData("root ::= \"a\"\nroot ::= \"b\"", "this rule is defined twice")]
    [InlineData("root = \"a\"", "::= expected")]
    [InlineData("root ::= \"a", "a text is not closed")]
    [InlineData("root ::= [a", "a class of characters is not closed")]
    [InlineData("root ::= [z-a]", "the ends of a range are reversed")]
    [InlineData("root ::= (\"a\"", ") expected")]
    [InlineData("root ::= \"a\" )", "the end of the rule expected")]
    [InlineData("root ::= * \"a\"", "there is nothing to repeat")]
    [InlineData("root ::= \"\\q\"", "this escape is not known")]
    [InlineData("root ::= \"\\U00110000\"", "this escape is no character")]
    [InlineData("root ::= root \"a\" | \"b\"", "a rule begins with itself (left recursion)")]
    [InlineData("root ::= a \"x\"\na ::= \"\" | b\nb ::= c root\nc ::= \"y\"?", "a rule begins with itself (left recursion)")]
    [InlineData("root ::= (\"a\"?)* ", "something that may be empty is repeated without end")]
    [InlineData("root ::= \"a\"{2,1}", "a repetition is too large, or its bounds are reversed")]
    [InlineData("root ::= \"a\"{2000}", "a repetition is too large, or its bounds are reversed")]
    [InlineData("root ::= ((\"a\"{100}){100}){100}", "a repetition is too large, or its bounds are reversed")]
    [InlineData("root ::= <start_of_turn>", "tokens cannot be named, only text")]
    [InlineData("root ::= !<[105]>", "tokens cannot be named, only text")]
    public void Anything_else_is_refused_with_its_reason(string grammar, string problem) => Assert.StartsWith(problem, GbnfCheck.Problem(grammar), StringComparison.Ordinal);

    [Fact]
    public void The_reason_says_where() => Assert.Equal("tokens cannot be named, only text, at character 9", GbnfCheck.Problem("root ::= <start_of_turn>"));

    [Fact]
    public void Deep_groups_long_texts_and_unpaired_surrogates_are_refused_and_not_followed()
    {
        Assert.Contains("nested too deeply", GbnfCheck.Problem("root ::= " + new string('(', 100_000)), StringComparison.Ordinal);
        Assert.Contains("longer than", GbnfCheck.Problem("root ::= \"" + new string('a', 1_000_000) + "\""), StringComparison.Ordinal);
        Assert.Contains("this is no character", GbnfCheck.Problem("root ::= \"\ud800\""), StringComparison.Ordinal);
        var chain = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"r{i} ::= r{i + 1}\n")) + "r10000 ::= \"a\"\nroot ::= r0";
        Assert.Null(GbnfCheck.Problem(chain));
    }

    [Fact]
    public void What_we_make_of_schemas_passes()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var schema = new RandomSchemas(new Random(seed)).Next();
            var compiled = Assert.IsType<GrammarResult.Compiled>(JsonSchemaGrammar.Compile(JsonSerializer.SerializeToElement(schema)));
            Assert.Null(GbnfCheck.Problem(compiled.Grammar.Gbnf));
        }
    }

    [Fact]
    public void Whatever_is_sent_gets_an_answer()
    {
        const string Letters = "root::=\"()[]{}|*+?,-^.<>#\\x0123abc \n\t";
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var start = seed % 2 == 0 ? "root ::= " : "";
            _ = GbnfCheck.Problem(start + new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => Letters[random.Next(Letters.Length)])]));
        }
    }
}
