using System.Text.Json.Nodes;

namespace MedGemma.Agents.Inference.Tests.Grammars;

/// <summary>Random schemas from the supported keywords, all of which some value satisfies.</summary>
internal sealed class RandomSchemas(Random random)
{
    public static readonly IReadOnlyList<(string Pattern, Func<Random, string> Instance)> Patterns =
    [
        ("^[a-z]{2,5}$", r => Letters(r, 2, 5)),
        ("^(?:HbA1c|LDL)$", r => r.Next(2) == 0 ? "HbA1c" : "LDL"),
        ("^\\d{4}-\\d{1,2}$", r => $"{r.Next(1000, 9999)}-{r.Next(1, 12)}"),
        ("^\\w+(?: \\w+)*$", r => string.Join(' ', Enumerable.Range(0, r.Next(1, 4)).Select(_ => Letters(r, 1, 6)))),
        ("^[^\"\\\\]*$", r => Letters(r, 0, 4)),
        ("^a\"b\\\\c?$", r => r.Next(2) == 0 ? "a\"b\\" : "a\"b\\c"),
        ("^x$|^y$", r => r.Next(2) == 0 ? "x" : "y"),
        ("^[A-Z][^\\d]{0,3}.$", r => "Q" + Letters(r, 0, 3) + "é"),
        ("^$", _ => ""),
    ];

    private readonly JsonObject _definitions = [];

    public static string Letters(Random random, int fewest, int most) =>
        new([.. Enumerable.Range(0, random.Next(fewest, most + 1)).Select(_ => (char)random.Next('a', 'z' + 1))]);

    public JsonObject Next()
    {
        var names = Enumerable.Range(0, random.Next(4)).Select(i => $"d{i}").ToList();
        foreach (var name in names)
            _definitions.Add(name, null);

        for (var i = 0; i < names.Count; i++)
            _definitions[names[i]] = Schema(2, i + 1, false);

        var schema = Schema(3, 0, false);
        if (names.Count > 0)
            schema["$defs"] = _definitions;

        return schema;
    }

    // A reference that must be followed names a later definition only, so that no value has to be endless.
    private JsonObject Schema(int depth, int firstDefinition, bool mayRecur)
    {
        var first = mayRecur ? 0 : firstDefinition;
        if (first < _definitions.Count && random.Next(6) == 0)
            return new JsonObject { ["$ref"] = $"#/$defs/d{random.Next(first, _definitions.Count)}" };

        var made = random.Next(depth > 0 ? 17 : 8) switch
        {
            0 => Text(),
            1 => Integer(),
            2 => new JsonObject { ["type"] = "number" },
            3 => new JsonObject { ["type"] = "boolean" },
            4 => Listed(),
            5 => Union(),
            6 => new JsonObject { ["type"] = "null" },
            7 => random.Next(3) == 0 ? [] : Text(),
            8 or 9 or 10 => Object(depth, firstDefinition, "p"),
            11 or 12 => Array(depth, firstDefinition),
            13 => new JsonObject { ["anyOf"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Schema(depth - 1, firstDefinition, false))]) },
            14 => new JsonObject { ["oneOf"] = new JsonArray(Integer(), Text(), new JsonObject { ["type"] = "null" }, Array(depth, firstDefinition)) },
            15 => Tagged(depth, firstDefinition),
            _ => new JsonObject { ["allOf"] = new JsonArray(Open(depth, firstDefinition, "p"), Open(depth, firstDefinition, "q")) },
        };
        if (random.Next(8) == 0 && made["type"] is JsonValue && !new[] { "enum", "const", "anyOf", "oneOf", "allOf" }.Any(made.ContainsKey))
            made["nullable"] = true;
        if (random.Next(5) == 0)
            made["description"] = "what it is";

        return made;
    }

    private JsonObject Object(int depth, int firstDefinition, string prefix)
    {
        var made = Open(depth, firstDefinition, prefix);
        switch (random.Next(4))
        {
            case 0:
                made["additionalProperties"] = false;
                break;
            case 1:
                made["additionalProperties"] = Schema(depth - 1, firstDefinition, true);
                break;
            case 2:
                made["additionalProperties"] = true;
                break;
        }

        return made;
    }

    private JsonObject Open(int depth, int firstDefinition, string prefix)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        for (var i = random.Next(prefix == "p" ? 0 : 1, 5); i > 0; i--)
        {
            var name = random.Next(6) == 0 ? prefix + "\"\\é" + i : prefix + (i % 2 == 0 ? "" : "x") + i;
            var must = random.Next(2) == 0;
            properties[name] = Schema(depth - 1, firstDefinition, !must);
            if (must)
                required.Add(name);
        }

        var made = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            made["required"] = required;

        return made;
    }

    private JsonObject Tagged(int depth, int firstDefinition)
    {
        var branches = new JsonArray();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var branch = Open(depth - 1, firstDefinition, "p");
            branch["properties"]!.AsObject().Insert(0, "kind", new JsonObject { ["const"] = $"k{i}" });
            branch.Remove("type");
            branches.Add(branch);
        }

        return new JsonObject { ["type"] = "object", ["required"] = new JsonArray("kind"), [random.Next(2) == 0 ? "anyOf" : "oneOf"] = branches };
    }

    private JsonObject Array(int depth, int firstDefinition)
    {
        var least = random.Next(3) == 0 ? random.Next(1, 4) : 0;
        var made = new JsonObject { ["type"] = "array", ["items"] = Schema(depth - 1, firstDefinition, least == 0) };
        if (least > 0)
            made["minItems"] = least;
        if (random.Next(2) == 0)
            made["maxItems"] = least + random.Next(4);

        return made;
    }

    private JsonObject Text()
    {
        var made = new JsonObject { ["type"] = "string" };
        switch (random.Next(6))
        {
            case 0:
                made["pattern"] = Patterns[random.Next(Patterns.Count)].Pattern;
                break;
            case 1:
                made["format"] = random.Next(2) == 0 ? "date" : "date-time";
                break;
            case 2:
                made["minLength"] = random.Next(4);
                made["maxLength"] = random.Next(4, 8);
                break;
            case 3:
                made["maxLength"] = random.Next(40);
                break;
        }

        return made;
    }

    private JsonObject Integer()
    {
        var made = new JsonObject { ["type"] = "integer" };
        var lowest = Magnitude();
        if (random.Next(2) == 0)
            made[random.Next(4) == 0 ? "exclusiveMinimum" : "minimum"] = lowest;
        if (random.Next(2) == 0)
            made[random.Next(4) == 0 ? "exclusiveMaximum" : "maximum"] = lowest + 2 + Math.Abs(Magnitude());

        return made;
    }

    private long Magnitude() => random.NextInt64(-(long)Math.Pow(10, random.Next(1, 12)), (long)Math.Pow(10, random.Next(1, 12)));

    private JsonObject Listed() => random.Next(3) switch
    {
        0 => new JsonObject { ["const"] = Letters(random, 0, 5) + "\"\n☃" },
        1 => new JsonObject { ["enum"] = new JsonArray("a", 1, -2.5, true, null, Letters(random, 1, 3)) },
        _ => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(Letters(random, 1, 3), Letters(random, 4, 5), 7) },
    };

    private JsonObject Union()
    {
        var types = new[] { "string", "integer", "boolean", "null", "array" };
        random.Shuffle(types);
        return new JsonObject { ["type"] = new JsonArray([.. types.Take(random.Next(1, 4)).Select(type => (JsonNode)type)]) };
    }
}
