using MedGemma.Agents.Evaluation.Synthesis.Adversarial.Injections;

namespace MedGemma.Agents.Evaluation.Synthesis.Adversarial;

/// <summary>Writes records that are made to break isolation or the reader: the same bytes on every machine.</summary>
public static class AdversarialFixtures
{
    /// <summary>Writes <c>security/</c> and <c>invalid/</c>, each with a README that says what must happen.</summary>
    /// <param name="folder">Where to; made when absent.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        SecurityCases.Write(Path.Combine(folder, "security"));
        InjectionChart.Write(Path.Combine(folder, "security", "injections"));
        InvalidCases.Write(Path.Combine(folder, "invalid"));
    }
}
