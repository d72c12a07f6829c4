using System.Text.Json;

namespace MedGemma.Agents.Inference.Grammars;

/// <summary>One of the texts that a grammar may accept: an instance of a schema between two fixed texts.</summary>
/// <param name="Schema">The JSON Schema; its references are resolved within it.</param>
/// <param name="Before">Text that must come before the instance.</param>
/// <param name="After">Text that must follow it.</param>
public sealed record GrammarAlternative(JsonElement Schema, string Before = "", string After = "");
