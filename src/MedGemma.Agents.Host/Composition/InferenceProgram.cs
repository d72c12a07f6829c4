using MedGemma.Agents.Inference.Supervision;

namespace MedGemma.Agents.Host.Composition;

/// <summary>How this program starts itself as an inference process.</summary>
internal static class InferenceProgram
{
    private const string Verb = "inference";

    /// <summary>This program's own executable, or <c>dotnet</c> with its assembly where it was started so.</summary>
    public static InferenceLaunch Launch { get; } = Find();

    private static InferenceLaunch Find()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "medgemma.dll");
        var own = Environment.ProcessPath;
        return own is not null && Path.GetFileNameWithoutExtension(own) == "medgemma"
            ? new InferenceLaunch(own, [Verb])
            : new InferenceLaunch(own is not null && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet", [assembly, Verb]);
    }
}
