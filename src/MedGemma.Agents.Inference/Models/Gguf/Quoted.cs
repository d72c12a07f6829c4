using System.Text;

namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>Text out of a file, made fit for a message: short, on one line, without control characters.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    public static string Text(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(Longest))
            kept.Append(Rune.IsControl(rune) ? new Rune('?') : rune);
        return $"'{kept}'";
    }
}
