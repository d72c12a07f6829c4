namespace MedGemma.Agents.Planning.Planners;

/// <summary>Which planners answer.</summary>
public enum PlannerMode
{
    /// <summary>The built-in one, without any model.</summary>
    Builtin,

    /// <summary>The model.</summary>
    Model,

    /// <summary>The built-in one where it understands the question, otherwise the model.</summary>
    BuiltinThenModel,

    /// <summary>Both, for comparing: the answer is the built-in one's where it has one, and the other stands beside it.</summary>
    Both,
}
