namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>Tests that load the whole machine, and so run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeMachine
{
    public const string Name = "whole machine";
}
