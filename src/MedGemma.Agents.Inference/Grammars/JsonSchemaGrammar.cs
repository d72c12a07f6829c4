using System.Text.Json;
using MedGemma.Agents.Inference.Grammars.Gbnf;
using MedGemma.Agents.Inference.Grammars.Rules;
using MedGemma.Agents.Inference.Grammars.Schemas;

namespace MedGemma.Agents.Inference.Grammars;

/// <summary>
/// Makes a GBNF grammar of a JSON Schema (draft 2020-12, https://json-schema.org/draft/2020-12, with <c>definitions</c> and OpenAPI's <c>nullable</c>).
/// Whatever the grammar accepts is an instance of the schema; a keyword that it cannot hold is refused by name, never dropped.
/// The grammar accepts one way of writing:
/// <list type="bullet">
/// <item>white space: one optional space after <c>:</c> and <c>,</c>, none elsewhere, so that a model cannot spend its budget on blanks;</item>
/// <item>members in the order of <c>properties</c>, then required names that are not declared there, then additional ones;</item>
/// <item>additional members where <c>additionalProperties</c> is <c>true</c> or a schema, or where no member is named at all; where the keyword is absent,
/// a model may not invent members beside the named ones. Their names are written without escapes and differ from the named ones; a name twice is not excluded;</item>
/// <item>strings with every character as itself; only what JSON requires is escaped, and U+0000 and unpaired surrogates cannot be written;</item>
/// <item>integers of at most 16 digits unless the bounds say more, never as <c>1.0</c> or <c>1e3</c>; numbers with at most 16 digits before and 15 after the point
/// and an exponent of two digits;</item>
/// <item><c>date</c> and <c>date-time</c> (RFC 3339) as days that exist, years 0001 to 9999 (0002 to 9998 with a time), offsets up to 14 hours, no leap seconds.</item>
/// </list>
/// The same schema gives the same text, byte by byte. Pure functions, safe on any thread.
/// </summary>
public static class JsonSchemaGrammar
{
    /// <summary>Makes the grammar of one schema.</summary>
    /// <param name="schema">The schema: an object or a boolean.</param>
    public static GrammarResult Compile(JsonElement schema) => Compile([new GrammarAlternative(schema)]);

    /// <summary>Makes a grammar that accepts any of several texts, such as one of some tool calls or an answer.</summary>
    /// <param name="alternatives">The texts; at least one. Pointers in refusals of all but the first are preceded by the number of the alternative.</param>
    public static GrammarResult Compile(IReadOnlyList<GrammarAlternative> alternatives)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        ArgumentOutOfRangeException.ThrowIfZero(alternatives.Count);

        var refusals = new RefusalList();
        var identities = new SchemaIdentities();
        var rules = new GbnfRules();
        var values = new ValueRules(rules, refusals);
        var texts = new List<GbnfNode>();
        for (var i = 0; i < alternatives.Count; i++)
        {
            var document = new SchemaDocument(alternatives[i].Schema, i == 0 ? "#" : $"{i}#", identities, refusals);
            var value = values.Of(SchemaConjunction.Of(document.Root, refusals));
            texts.Add(GbnfNode.Sequence(GbnfNode.Text(alternatives[i].Before), value, GbnfNode.Text(alternatives[i].After)));
        }

        rules.Define(GbnfRules.Root, GbnfNode.Choice(texts));
        values.Complete();
        if (refusals.Found.Count > 0)
            return new GrammarResult.Refused(refusals.Found);

        return rules.Prune()
            ? new GrammarResult.Compiled(new Grammar(GbnfWriter.Write(rules)))
            : new GrammarResult.Refused([new SchemaRefusal("#", "schema", "no value satisfies it")]);
    }
}
