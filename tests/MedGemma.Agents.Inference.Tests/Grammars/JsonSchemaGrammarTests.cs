using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Records.Queries.Json;

namespace MedGemma.Agents.Inference.Tests.Grammars;

public sealed class JsonSchemaGrammarTests
{
    [Theory]
    [InlineData(0, 9)]
    [InlineData(-1, 1)]
    [InlineData(7, 7)]
    [InlineData(-205, -98)]
    [InlineData(95, 1203)]
    [InlineData(-1200, 999)]
    [InlineData(100, 199)]
    [InlineData(1, 1000)]
    public void Integer_ranges_are_exact(int minimum, int maximum)
    {
        var machine = Machine($$"""{"type":"integer","minimum":{{minimum}},"maximum":{{maximum}}}""");
        for (var number = -2500; number <= 2500; number++)
            Assert.Equal(minimum <= number && number <= maximum, machine.Accepts(number.ToString(CultureInfo.InvariantCulture)));

        Assert.All(["", "-", "-0", "00", "01", "1.0", "1e1", "+1"], text => Assert.False(machine.Accepts(text)));
    }

    [Fact]
    public void Integer_bounds_reach_the_ends_of_64_bits()
    {
        var machine = Machine($$"""{"type":"integer","minimum":{{long.MinValue}},"maximum":{{long.MaxValue}}}""");
        Assert.All(["-9223372036854775808", "9223372036854775807", "0", "-1"], text => Assert.True(machine.Accepts(text), text));
        Assert.All(["-9223372036854775809", "9223372036854775808"], text => Assert.False(machine.Accepts(text), text));
        Assert.True(Machine("""{"type":"integer","minimum":10000000000000000}""").Accepts("9223372036854775807"));
        Assert.True(Machine("""{"type":"integer","exclusiveMinimum":1.5,"maximum":2.5}""").Accepts("2"));
        Assert.False(Machine("""{"type":"integer"}""").Accepts("12345678901234567"));
    }

    [Fact]
    public void Dates_are_exactly_the_days_that_exist()
    {
        var machine = Machine("""{"type":"string","format":"date"}""");
        foreach (var year in new[] { 0, 1, 4, 100, 400, 1600, 1899, 1900, 1999, 2000, 2024, 2026, 2100, 9996, 9999 })
        {
            for (var month = 0; month <= 13; month++)
            {
                for (var day = 0; day <= 32; day++)
                {
                    var exists = year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
                    Assert.Equal(exists, machine.Accepts(string.Create(CultureInfo.InvariantCulture, $"\"{year:D4}-{month:D2}-{day:D2}\"")));
                }
            }
        }
    }

    [Theory]
    [InlineData("2026-02-28T00:00:00Z", true)]
    [InlineData("2026-02-28T23:59:59.1234567+14:00", true)]
    [InlineData("2024-02-29T12:30:00-03:30", true)]
    [InlineData("2026-02-29T00:00:00Z", false)]
    [InlineData("2026-02-28T24:00:00Z", false)]
    [InlineData("2026-02-28T00:60:00Z", false)]
    [InlineData("2026-02-28T00:00:60Z", false)]
    [InlineData("2026-02-28T00:00:00+14:30", false)]
    [InlineData("2026-02-28T00:00:00", false)]
    [InlineData("2026-02-28", false)]
    [InlineData("0001-01-01T00:00:00+14:00", false)]
    public void Instants_are_those_of_rfc_3339(string text, bool accepted) =>
        Assert.Equal(accepted, Machine("""{"type":"string","format":"date-time"}""").Accepts($"\"{text}\""));

    [Theory]
    [InlineData(0, 1500)]
    [InlineData(1200, 2600)]
    [InlineData(2500, 2500)]
    public void Lengths_beyond_what_the_engine_repeats_are_still_exact(int minimum, int maximum)
    {
        var machine = Machine($$"""{"type":"string","minLength":{{minimum}},"maxLength":{{maximum}}}""");
        foreach (var length in new[] { 0, minimum - 1, minimum, minimum + 1, maximum - 1, maximum, maximum + 1 }.Where(length => length >= 0))
            Assert.Equal(minimum <= length && length <= maximum, machine.Accepts($"\"{new string('x', length)}\""));
    }

    [Fact]
    public void Length_counts_characters_and_not_units()
    {
        var machine = Machine("""{"type":"string","minLength":2,"maxLength":2}""");
        Assert.True(machine.Accepts("\"😀\\n\""));
        Assert.False(machine.Accepts("\"😀\""));
    }

    [Fact]
    public void Strings_cannot_hold_what_a_reader_of_json_refuses()
    {
        var machine = Machine("""{"type":"string"}""");
        Assert.All(["\"\\ud800\"", "\"\\u0000\"", "\"a\nb\"", "\"\t\"", "\"\\x\"", "\"", "\"\"\""], text => Assert.False(machine.Accepts(text), text));
        Assert.True(machine.Accepts("\"\\u001f\\\"\\\\/<start_of_turn>é\""));
    }

    [Fact]
    public void A_space_is_allowed_after_separators_only()
    {
        var machine = Machine("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"integer"}},"b":{}},"required":["a"]}""");
        Assert.All(["""{"a":[1,2],"b":0}""", """{"a": [1, 2], "b": 0}""", """{"a": []}"""], text => Assert.True(machine.Accepts(text), text));
        Assert.All(["""{ "a":[]}""", """{"a" :[]}""", """{"a":  []}""", """{"a":[ ]}""", "{\"a\":\n[]}", """{"a":[]} """], text => Assert.False(machine.Accepts(text), text));
    }

    [Fact]
    public void Members_come_in_the_order_of_the_schema()
    {
        var machine = Machine("""{"type":"object","properties":{"b":{"type":"null"},"a":{"type":"null"}},"required":["z","a"],"additionalProperties":{"type":"boolean"}}""");
        Assert.True(machine.Accepts("""{"b":null,"a":null,"z":true,"more":false,"even more":true}"""));
        Assert.False(machine.Accepts("""{"a":null,"b":null,"z":true}"""));
        Assert.False(machine.Accepts("""{"a":null,"more":false,"z":true}"""));
    }

    [Fact]
    public void Additional_members_never_take_a_declared_name()
    {
        var machine = Machine("""{"type":"object","properties":{"ab":{"type":"null"},"abc":{"type":"null"},"é\"":{}},"additionalProperties":{"type":"integer"}}""");
        Assert.All(["a", "abcd", "b", "", "abd", "é"], name => Assert.True(machine.Accepts($$"""{"{{name}}":1}"""), name));
        Assert.All(["ab", "abc", "\\u0061b"], name => Assert.False(machine.Accepts($$"""{"{{name}}":1}"""), name));
    }

    [Fact]
    public void Where_additional_members_are_not_mentioned_a_model_invents_none()
    {
        Assert.False(Machine("""{"type":"object","properties":{"a":{}}}""").Accepts("""{"b":1}"""));
        Assert.True(Machine("""{"type":"object"}""").Accepts("""{"b":{"c":[1.5e3,null]}}"""));
        Assert.True(Machine("""{"type":"object","properties":{"a":{}},"additionalProperties":true}""").Accepts("""{"b":1}"""));
    }

    [Fact]
    public void References_may_be_recursive()
    {
        var machine = Machine("""{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["next"],"additionalProperties":false}}}""");
        Assert.True(machine.Accepts("""{"next":{"next":{"next":null}}}"""));
        Assert.False(machine.Accepts("""{"next":{"next":{}}}"""));
    }

    [Fact]
    public void A_member_whose_value_would_be_endless_is_left_out()
    {
        var machine = Machine("""{"type":"object","properties":{"loop":{"$ref":"#/$defs/n"},"a":{"type":"null"}},"$defs":{"n":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}},"required":["n"]}}}""");
        Assert.True(machine.Accepts("""{"a":null}"""));
        Assert.Equal("#: schema: no value satisfies it", Refusal("""{"$ref":"#/$defs/n","$defs":{"n":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}},"required":["n"]}}}"""));
    }

    [Theory]
    [InlineData("""{"allOf":[{"type":"integer","minimum":3},{"maximum":5}],"exclusiveMaximum":5}""", "3", "5")]
    [InlineData("""{"type":"object","required":["a"],"anyOf":[{"properties":{"a":{"const":1}}},{"properties":{"a":{"const":2},"b":{"type":"null"}}}]}""", """{"a":2,"b":null}""", """{"a":1,"b":null}""")]
    [InlineData("""{"$ref":"#/$defs/s","maxLength":2,"$defs":{"s":{"type":"string","minLength":2}}}""", "\"ab\"", "\"abc\"")]
    [InlineData("""{"type":["integer","null"],"enum":[null,"x",1,2.5]}""", "1", "2.5")]
    [InlineData("""{"enum":[1,2,3],"allOf":[{"enum":[3.0,4]}]}""", "3", "1")]
    [InlineData("""{"type":"string","nullable":true}""", "null", "1")]
    [InlineData("""{"type":"array","items":false}""", "[]", "[1]")]
    [InlineData("""{"minItems":1,"type":["array","boolean"]}""", "true", "[]")]
    public void Schemas_that_hold_together_are_joined(string schema, string accepted, string refused)
    {
        Assert.True(Machine(schema).Accepts(accepted));
        Assert.False(Machine(schema).Accepts(refused));
    }

    [Theory]
    [InlineData("^(?:a|bc)+$", "abca", "ab")]
    [InlineData("^[^a-c\\]]{2}$", "xé", "xa")]
    [InlineData("^\\u0041\\x42\\.\\-$", "AB.-", "AB--")]
    [InlineData("^[\\w.-]+@[a-z]{2,}$", "a.b-c@de", "a b@de")]
    [InlineData("^a{3}b{0,2}c{2,}$", "aaabcc", "aaabbbcc")]
    public void Patterns_mean_what_they_say(string pattern, string accepted, string refused)
    {
        var machine = Machine(JsonSerializer.Serialize(new { type = "string", pattern }));
        Assert.True(machine.Accepts($"\"{accepted}\""));
        Assert.False(machine.Accepts($"\"{refused}\""));
    }

    [Theory]
    [InlineData("""{"not":{"type":"null"}}""", "#: not: not supported")]
    [InlineData("""{"type":"object","properties":{"a/b":{"patternProperties":{}}}}""", "#/properties/a~1b: patternProperties: not supported")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "#: uniqueItems: not supported")]
    [InlineData("""{"type":"number","minimum":0}""", "#: minimum: bounds are supported on integers only")]
    [InlineData("""{"type":"string","format":"uri"}""", "#: format: \"uri\" is not supported; date and date-time are")]
    [InlineData("""{"type":"string","pattern":"abc"}""", "#: pattern: every alternative must start with ^ and end with $ (at character 1)")]
    [InlineData("""{"type":"string","pattern":"^a|b$"}""", "#: pattern: every alternative must start with ^ and end with $ (at character 3)")]
    [InlineData("""{"type":"string","pattern":"^(?=a)$"}""", "#: pattern: only plain and (?:...) groups are supported (at character 4)")]
    [InlineData("""{"type":"string","pattern":"^(a?)*$"}""", "#: pattern: what may be empty cannot be repeated (at character 7)")]
    [InlineData("""{"type":"string","pattern":"^a+$","maxLength":3}""", "#: pattern: allows lengths from 1 to any, which minLength or maxLength narrows; say it in one of them")]
    [InlineData("""{"$ref":"https://example.org/schema"}""", "#: $ref: only references into the same document (#/...) are supported")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "#: $ref: #/$defs/none is no schema of this document")]
    [InlineData("""{"$ref":"#"}""", "#: $ref: refers to itself")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"type":"null"}]}""", "#: anyOf: a branch refers back to the schema that it is a branch of")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "#: oneOf: branches 0 and 1 may both hold for one value; say anyOf, or tell them apart by a required member with different values")]
    [InlineData("""{"enum":["a"],"minLength":2}""", "#: enum: enum and const are supported beside type only")]
    [InlineData("""{"type":"string","maxLength":20000}""", "#: maxLength: more than 10000 is not supported")]
    [InlineData("""{"type":"text"}""", "#: type: unknown type \"text\"")]
    [InlineData("""{"const":"\ud800"}""", "#: schema: holds an unpaired surrogate")]
    [InlineData("""{"allOf":[{"type":"null"},{"type":"boolean"}]}""", "#: schema: no value satisfies it")]
    [InlineData("false", "#: schema: no value satisfies it")]
    [InlineData("3", "#: schema: must be an object or a boolean")]
    public void What_a_grammar_cannot_hold_is_refused_by_name(string schema, string refusal) => Assert.Equal(refusal, Refusal(schema));

    [Fact]
    public void A_cycle_through_two_schemas_is_refused()
    {
        var refusal = Refusal("""{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"anyOf":[{"$ref":"#/$defs/a"},{"type":"string"}]}}}""");
        Assert.Equal("#/$defs/b: anyOf: a branch refers back to the schema that it is a branch of", refusal);
    }

    [Fact]
    public void Branches_told_apart_by_a_member_may_stand_in_a_oneof()
    {
        var machine = Machine("""{"oneOf":[{"type":"object","properties":{"k":{"enum":["a","b"]}},"required":["k"]},{"type":"object","properties":{"k":{"const":"c"}},"required":["k"]}]}""");
        Assert.True(machine.Accepts("""{"k":"c"}"""));
        Assert.Contains("oneOf", Refusal("""{"oneOf":[{"type":"object","properties":{"k":{"enum":["a","b"]}},"required":["k"]},{"type":"object","properties":{"k":{"const":"b"}},"required":["k"]}]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_chain_of_references_ends()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 5000).Select(i => $$$"""
            "d{{{i}}}":{"type":"array","items":{"$ref":"#/$defs/d{{{(i + 1) % 5000}}}"}}
            """));
        Assert.True(Machine("""{"$ref":"#/$defs/d0","$defs":{""" + definitions + "}}").Accepts("[[[]]]"));
    }

    [Fact]
    public void Alternatives_stand_between_their_texts()
    {
        var call = new GrammarAlternative(Schema("""{"$ref":"#/$defs/x","$defs":{"x":{"type":"null"}}}"""), "{\"name\": \"f\", \"parameters\": ", "}");
        var machine = Machine(JsonSchemaGrammar.Compile([new GrammarAlternative(Schema("""{"$ref":"#/$defs/x","$defs":{"x":{"type":"boolean"}}}""")), call]));
        Assert.True(machine.Accepts("true"));
        Assert.True(machine.Accepts("{\"name\": \"f\", \"parameters\": null}"));
        Assert.False(machine.Accepts("null"));
    }

    [Fact]
    public async Task The_schema_of_record_queries_has_a_grammar()
    {
        var machine = Machine(RecordQuerySchema.Json);
        var sampler = new GbnfSampler(machine);
        var judge = SchemaJudge.For(System.Text.Json.Nodes.JsonNode.Parse(RecordQuerySchema.Json)!);
        for (var seed = 0; seed < 100; seed++)
        {
            var text = sampler.Sample(new Random(seed), 300);
            Assert.True(judge.Accepts(text), judge.Complaints(text));
        }
    }

    private static JsonElement Schema(string json) => JsonDocument.Parse(json).RootElement.Clone();

    private static GbnfMachine Machine(string schema) => Machine(JsonSchemaGrammar.Compile(Schema(schema)));

    private static GbnfMachine Machine(GrammarResult result) => new(Assert.IsType<GrammarResult.Compiled>(result).Grammar.Gbnf);

    private static string Refusal(string schema) => Assert.IsType<GrammarResult.Refused>(JsonSchemaGrammar.Compile(Schema(schema))).ToString();
}
