using System.Collections.Immutable;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Words of a clause that name a drug or a class of drugs.</summary>
/// <param name="Span">Its tokens.</param>
/// <param name="Words">As written.</param>
/// <param name="Entries">What it is in the record; empty where the record has none.</param>
/// <param name="IsClass">True for a class.</param>
internal sealed record DrugMention(TokenSpan Span, string Words, ImmutableArray<ConceptEntry> Entries, bool IsClass);
