namespace MedGemma.Agents.Evaluation.Suites;

/// <summary>One item of a suite as it is put and reported.</summary>
/// <param name="Id">Identifier, unique in the suite.</param>
/// <param name="Patient">Logical id of the patient it is about; null where there is none.</param>
/// <param name="Category">The category it counts in.</param>
/// <param name="Type">The finer type, such as a question's template.</param>
/// <param name="Question">What is asked, in one text.</param>
/// <param name="Gold">What is right, in one line.</param>
/// <param name="Floors">Names of the floors that would be right.</param>
public sealed record SuiteItem(string Id, string? Patient, string Category, string Type, string Question, string Gold, IReadOnlyList<string> Floors);
