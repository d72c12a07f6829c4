using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Queries.Derivations;

namespace MedGemma.Agents.Evaluation.Suites.Preparing;

/// <summary>What a suite about records needs of the platform.</summary>
/// <param name="Builder">Makes records of what a source supplies.</param>
/// <param name="Answerer">Answers, with the conventions of the suite already given to it.</param>
/// <param name="Derivations">Computes derived values again for the audit.</param>
/// <param name="Time">Measures latency.</param>
public sealed record AnsweringParts(IRecordBuilder Builder, IQuestionAnswerer Answerer, DerivationRecomputer Derivations, TimeProvider Time);
