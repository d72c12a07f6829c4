using MedGemma.Agents.Evaluation.Suites.Preparing;

namespace MedGemma.Agents.Evaluation.QuestionAnswering;

/// <summary>The run file that an evaluation writes for comparison and acceptance.</summary>
/// <param name="Path">Where to.</param>
/// <param name="Request">What is run.</param>
public sealed record EvaluationRun(string Path, SuiteRequest Request);
