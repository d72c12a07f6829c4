using System.Text.Json.Nodes;

namespace MedGemma.Agents.Inference.Tests.Grammars;

/// <summary>Small damage to values and to texts; what comes out may still be valid.</summary>
internal static class InstanceMutation
{
    public static JsonNode? Of(JsonNode? value, Random random) => value switch
    {
        JsonObject { Count: > 0 } members when random.Next(3) > 0 => Member(members, random),
        JsonObject members => Added(members),
        JsonArray { Count: > 0 } items when random.Next(2) == 0 => Item(items, random),
        JsonArray items => new JsonArray([.. items.Concat(items).Concat(items).Select(item => item?.DeepClone()), "one more"]),
        null => random.Next(2) == 0 ? 0 : "",
        _ => Leaf(value, random),
    };

    public static string OfText(string text, Random random)
    {
        var at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, "\"{}[],:0 \\x"[random.Next(11)].ToString()),
            2 => text[..at],
            _ => text + text[at],
        };
    }

    private static JsonObject Member(JsonObject members, Random random)
    {
        var copy = members.DeepClone().AsObject();
        var name = copy.ElementAt(random.Next(copy.Count)).Key;
        if (random.Next(2) == 0)
            copy.Remove(name);
        else
            copy[name] = Of(members[name], random);

        return copy;
    }

    private static JsonObject Added(JsonObject members)
    {
        var copy = members.DeepClone().AsObject();
        copy["unheard of"] = new JsonArray(1);
        return copy;
    }

    private static JsonArray Item(JsonArray items, Random random)
    {
        var copy = items.DeepClone().AsArray();
        var at = random.Next(copy.Count);
        if (random.Next(2) == 0)
            copy.RemoveAt(at);
        else
            copy[at] = Of(items[at], random);

        return copy;
    }

    private static JsonNode? Leaf(JsonNode value, Random random) => random.Next(5) switch
    {
        0 => null,
        1 => value.ToJsonString(),
        2 => -12_345_678_901,
        3 => new JsonArray(value.DeepClone()),
        _ => value.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)value! + "\u00FF?" : 0.5,
    };
}
