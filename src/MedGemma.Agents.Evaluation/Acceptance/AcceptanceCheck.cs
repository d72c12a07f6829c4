namespace MedGemma.Agents.Evaluation.Acceptance;

/// <summary>One condition of acceptance.</summary>
/// <param name="Name">What is demanded.</param>
/// <param name="Passed">Whether it is met.</param>
/// <param name="Finding">The figures, in one line without patient data.</param>
public sealed record AcceptanceCheck(string Name, bool Passed, string Finding);
