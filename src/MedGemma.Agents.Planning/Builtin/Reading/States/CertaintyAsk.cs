namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>That a question asks how sure a diagnosis is.</summary>
/// <param name="Verifications">FHIR verificationStatus codes that are meant.</param>
/// <param name="AsksWhich">True when the status itself is wanted ("how certain is it", "confirmed or suspected"), false when only what has one of these is.</param>
internal sealed record CertaintyAsk(IReadOnlyList<string> Verifications, bool AsksWhich);
