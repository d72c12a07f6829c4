using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MedGemma.Agents.Records.Reading;

namespace MedGemma.Agents.Records.Tests.Reading;

public sealed class CanonicalContentTests
{
    private static readonly string[] Numbers = ["1.0", "1.00", "-0.5", "1e3", "120"];

    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf(
        Gen.String[Gen.Char["abcÄé\"\\/\u0001\n\u2028😀"[..9]], 0, 6].Select(static text => (JsonNode?)JsonValue.Create(text)),
        Gen.Int.Select(static number => (JsonNode?)JsonValue.Create(number)),
        Gen.Int[0, 4].Select(static index => JsonNode.Parse(Numbers[index])),
        Gen.Bool.Select(static truth => (JsonNode?)JsonValue.Create(truth)));

    private static readonly Gen<JsonNode?> Value = Gen.Recursive<JsonNode?>((depth, inner) => depth >= 4
        ? Scalar
        : Gen.OneOf(
            Scalar,
            inner.Array[0, 4].Select(static items => (JsonNode?)new JsonArray([.. items.Select(static item => item?.DeepClone())])),
            Gen.Dictionary(Gen.String[Gen.Char["abcXYZ_é"], 1, 4], inner)[0, 5].Select(static members =>
                (JsonNode?)new JsonObject(members.Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))))));

    [Fact]
    public void Order_and_white_space_do_not_matter_and_everything_else_stays() =>
        Gen.Select(Value, Gen.Int).Sample((value, seed) =>
        {
            var original = Canonical(value!.ToJsonString());
            var disturbed = Canonical(Shuffle(value, new Random(seed))!.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

            Assert.Equal(original, disturbed);
            Assert.Equal(original, Canonical(original));
            Assert.True(JsonNode.DeepEquals(value, JsonNode.Parse(original)));
        });

    [Fact]
    public void Different_content_has_different_bytes() =>
        Gen.Select(Value, Value).Sample(static (left, right) =>
        {
            if (Canonical(left!.ToJsonString()) == Canonical(right!.ToJsonString()))
                Assert.True(JsonNode.DeepEquals(left, right));
        });

    [Theory]
    [InlineData("""{ "b": 1.00, "a": [ true, null ] }""", """{"a":[true,null],"b":1.00}""")]
    [InlineData("""{"é":1,"z":2,"a":"\u00e9 \/ \u0022"}""", """{"a":"é / \"","z":2,"é":1}""")]
    [InlineData("""{"a":"<&'+>"}""", """{"a":"<&'+>"}""")]
    public void The_spelling_is_fixed(string json, string expected) => Assert.Equal(expected, Canonical(json));

    [Fact]
    public void The_hash_is_that_of_the_bytes()
    {
        using var document = JsonDocument.Parse("""{"b":1,"a":2}""");

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"a":2,"b":1}"""u8)), CanonicalContent.Hash(document.RootElement));
    }

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalContent.Write(document.RootElement));
    }

    private static JsonNode? Shuffle(JsonNode? node, Random random)
    {
        switch (node)
        {
            case JsonObject members:
                var order = members.Select(member => KeyValuePair.Create(member.Key, Shuffle(member.Value, random))).ToArray();
                random.Shuffle(order);
                return new JsonObject(order);
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Shuffle(item, random))]);
            default:
                return node?.DeepClone();
        }
    }
}
