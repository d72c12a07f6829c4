namespace MedGemma.Agents.Planning.Tools;

/// <summary>What is wrong with a call.</summary>
public enum ToolFailureKind
{
    /// <summary>No such tool, or not one of this agent's.</summary>
    UnknownTool,

    /// <summary>The arguments are not what the tool takes.</summary>
    WrongArguments,

    /// <summary>A name or code that neither this record nor the vocabulary knows.</summary>
    UnknownConcept,

    /// <summary>A name that could mean different things of this record.</summary>
    AmbiguousConcept,

    /// <summary>A handle that points at nothing found in this turn.</summary>
    UnknownHandle,

    /// <summary>A window that cannot be made: without days, or ending before it starts.</summary>
    WrongWindow,

    /// <summary>The record was merged into another one, which is to be asked instead.</summary>
    MergedRecord,

    /// <summary>It needs what is not here: a turn that answers a question, a model.</summary>
    Unavailable,
}
