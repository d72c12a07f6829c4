using System.Globalization;
using System.Text.Json.Nodes;

namespace MedGemma.Agents.Inference.Tests.Grammars;

/// <summary>Random values that satisfy a schema of <see cref="RandomSchemas"/>, made from the schema and not from the grammar.</summary>
internal sealed class RandomInstances(Random random, JsonObject root)
{
    private const int Deepest = 5;

    public JsonNode? Next() => Value(root, 0);

    private JsonNode? Value(JsonObject schema, int depth)
    {
        if (schema["$ref"] is { } reference)
            return Value(root["$defs"]![((string)reference!)["#/$defs/".Length..]]!.AsObject(), depth);
        if (schema.TryGetPropertyValue("const", out var only))
            return only?.DeepClone();
        if (schema["enum"] is JsonArray listed)
            return Listed(schema, listed);
        if (schema["nullable"] is not null && random.Next(3) == 0)
            return null;
        if (schema["type"] is JsonArray types)
            return Typed(schema, (string)types[random.Next(types.Count)]!, depth);
        if (schema["allOf"] is JsonArray || schema["type"] is JsonValue tagged && (string)tagged! == "object")
            return Object(schema, depth);
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray branches)
            return Value(branches[random.Next(branches.Count)]!.AsObject(), depth);

        return schema["type"] is JsonValue type ? Typed(schema, (string)type!, depth) : Anything(depth);
    }

    private JsonNode? Listed(JsonObject schema, JsonArray listed) =>
        schema.ContainsKey("type") ? listed[random.Next(2)]!.DeepClone() : listed[random.Next(listed.Count)]?.DeepClone();

    private JsonNode? Typed(JsonObject schema, string type, int depth) => type switch
    {
        "string" => Text(schema),
        "integer" => Integer(schema),
        "number" => random.Next(3) switch { 0 => JsonNode.Parse("-0.5e-3"), 1 => JsonNode.Parse("1.25E+10"), _ => random.Next(-1000, 1000) / 8m },
        "boolean" => random.Next(2) == 0,
        "array" => Array(schema, depth),
        _ => null,
    };

    private JsonArray Array(JsonObject schema, int depth)
    {
        var least = (int?)schema["minItems"] ?? 0;
        var most = (int?)schema["maxItems"] ?? least + 3;
        var items = schema["items"] as JsonObject ?? [];
        return [.. Enumerable.Range(0, depth > Deepest ? least : random.Next(least, most + 1)).Select(_ => Value(items, depth + 1))];
    }

    private JsonObject Object(JsonObject schema, int depth)
    {
        var parts = new List<JsonObject> { schema };
        if (schema["allOf"] is JsonArray all)
            parts.AddRange(all.Select(part => part!.AsObject()));
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray branches)
            parts.Add(branches[random.Next(branches.Count)]!.AsObject());

        var required = parts.SelectMany(part => part["required"] as JsonArray ?? []).Select(name => (string)name!).ToHashSet();
        var made = new JsonObject();
        var named = false;
        foreach (var (name, property) in parts.SelectMany(part => part["properties"] as JsonObject ?? []))
        {
            named = true;
            if (required.Contains(name) || (depth <= Deepest && random.Next(2) == 0))
                made[name] = Value(property!.AsObject(), depth + 1);
        }

        var additional = schema["additionalProperties"];
        var free = additional is JsonObject || additional is JsonValue flag && (bool)flag || (additional is null && !named && !schema.ContainsKey("allOf"));
        for (var i = free && depth <= Deepest ? random.Next(3) : 0; i > 0; i--)
            made[i == 1 ? "p" : "pq" + RandomSchemas.Letters(random, 0, 4)] = additional is JsonObject values ? Value(values, depth + 1) : Anything(depth + 1);

        return made;
    }

    private JsonNode Text(JsonObject schema)
    {
        if ((string?)schema["pattern"] is { } pattern)
            return RandomSchemas.Patterns.Single(known => known.Pattern == pattern).Instance(random);
        if ((string?)schema["format"] is { } format)
            return Moment(format == "date");

        var least = (int?)schema["minLength"] ?? 0;
        return string.Concat(Enumerable.Range(0, random.Next(least, ((int?)schema["maxLength"] ?? least + 6) + 1)).Select(_ => "ab \"\\\n\t\u0001/é☃<"[random.Next(12)]));
    }

    private string Moment(bool date)
    {
        var moment = new DateTimeOffset(1, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(random.Next(400, 3_650_000)).AddSeconds(random.Next(86_400)).AddTicks(random.Next(10_000_000));
        if (date)
            return moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        return random.Next(2) == 0 ? moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture) : moment.ToOffset(TimeSpan.FromMinutes(random.Next(-840, 841))).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    private JsonNode Integer(JsonObject schema)
    {
        long? lowest = (long?)schema["minimum"] ?? (long?)schema["exclusiveMinimum"] + 1;
        long? highest = (long?)schema["maximum"] ?? (long?)schema["exclusiveMaximum"] - 1;
        var from = lowest ?? (highest ?? 5) - random.Next(100_000);
        var to = highest ?? from + random.Next(100_000);
        return random.Next(4) switch { 0 => from, 1 => to, _ => random.NextInt64(from, to + 1) };
    }

    private JsonNode? Anything(int depth) => random.Next(depth > Deepest ? 4 : 6) switch
    {
        0 => null,
        1 => random.Next(),
        2 => "text",
        3 => true,
        4 => new JsonArray(Anything(depth + 1), 1.5),
        _ => new JsonObject { ["a"] = Anything(depth + 1), ["b\""] = new JsonObject() },
    };
}
