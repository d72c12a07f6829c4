namespace MedGemma.Agents.Records.Tests.Testing;

/// <summary>Tests that look at the whole process's memory run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "runs alone";
}
