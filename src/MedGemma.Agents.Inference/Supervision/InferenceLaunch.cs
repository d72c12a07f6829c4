namespace MedGemma.Agents.Inference.Supervision;

/// <summary>A command line that starts an inference process: the program, and what comes before the arguments of a model.</summary>
/// <param name="FileName">The executable.</param>
/// <param name="Arguments">Its first arguments, such as <c>medgemma.dll inference</c>.</param>
public sealed record InferenceLaunch(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>What the process prints on its standard output once its model is loaded and its socket is open.</summary>
    public const string ReadyLine = "inference: ready";

    /// <value>Variables of this process's environment that the other one does not get: it reads files of others and needs no password. Default: none.</value>
    public IReadOnlyCollection<string> WithheldVariables { get; init; } = [];

    /// <value>Folder in which processes keep the hashes of model files. Default: none is said, a process has its own.</value>
    public string? HashFolder { get; init; }
}
