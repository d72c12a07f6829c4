using System.Reflection;
using System.Runtime.InteropServices;
using MedGemma.Agents.Evaluation.Synthesis;

namespace MedGemma.Agents.Evaluation.Suites.Preparing;

/// <summary>Versions that a run is made with.</summary>
internal static class ProgramVersions
{
    /// <summary>The program, its runtime and its generator of patients.</summary>
    public static IReadOnlyDictionary<string, string> Now { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["generator"] = PatientSynthesizer.Version,
        ["medgemma"] = typeof(ProgramVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        ["runtime"] = RuntimeInformation.FrameworkDescription,
    };
}
