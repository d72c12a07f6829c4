namespace MedGemma.Agents.Evaluation.AgentTasks;

/// <summary>One task about one patient; one line of a tasks file.</summary>
/// <param name="Id">Identifier, unique in its file.</param>
/// <param name="Patient">Logical id of the patient.</param>
/// <param name="Now">The instant at which it is given.</param>
/// <param name="Category">Kind of task.</param>
/// <param name="Type">The finer type.</param>
/// <param name="Instruction">The task in English; all that a model is told.</param>
/// <param name="Ask">The question about the chart that the task turns on.</param>
/// <param name="Protocol">The conditional order; null where the task is to give a value.</param>
/// <param name="Gold">What is right.</param>
/// <param name="Evidence">The resources that prove it, <c>Type/id</c>.</param>
internal sealed record AgentTask(
    string Id,
    string Patient,
    DateTimeOffset Now,
    string Category,
    string Type,
    string Instruction,
    string Ask,
    Protocol? Protocol,
    TaskGold Gold,
    IReadOnlyList<string> Evidence);
