namespace MedGemma.Agents.Inference.Grammars.Gbnf;

/// <summary>
/// Looks at a grammar text from outside before the native parser does, which trusts its input: recursion without end, repetitions that fill the memory, and references to
/// tokens, by which a caller could have the model write control tokens, are refused. What is accepted is within what llama.cpp describes as GBNF
/// (https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md).
/// </summary>
internal static class GbnfCheck
{
    /// <summary>What is wrong with a grammar, for its author; null when nothing is.</summary>
    /// <param name="text">The grammar.</param>
    public static string? Problem(string text)
    {
        try
        {
            var rules = new GbnfTextReader(text).Read();
            return rules.Names.TryGetValue("root", out _) ? GbnfLeftRecursion.Find(rules) : "there is no rule named root";
        }
        catch (GbnfException wrong)
        {
            return wrong.Message;
        }
    }
}
