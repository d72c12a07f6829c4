namespace MedGemma.Agents.Evaluation.AgentTasks.Orders;

/// <summary>
/// A proposal of an order: for a clinician to sign or throw away. It is never written to any server; as FHIR it has the status <c>draft</c> and the intent
/// <c>proposal</c>.
/// </summary>
/// <param name="Content">What is proposed.</param>
/// <param name="Condition">The condition that triggered it, in words with the values found.</param>
/// <param name="Evidence">The resources that the condition was found in, <c>Type/id</c>; empty where the condition is an absence.</param>
internal sealed record DraftOrder(OrderContent Content, string Condition, IReadOnlyList<string> Evidence);
