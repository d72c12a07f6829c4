namespace MedGemma.Agents.Planning.Builtin.Reading.Plans;

/// <summary>What is asked of a care plan.</summary>
internal enum PlanAsk
{
    /// <summary>Its name, its time, or nothing.</summary>
    None = 0,
    /// <summary>What it consists of.</summary>
    Contents,
    /// <summary>Which are still followed.</summary>
    Running,
    /// <summary>Which are over.</summary>
    Over,
}
