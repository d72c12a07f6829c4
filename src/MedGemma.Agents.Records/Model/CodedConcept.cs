using System.Collections.Immutable;

namespace MedGemma.Agents.Records.Model;

/// <summary>What a resource is about: the codings and the text of its main CodeableConcept.</summary>
/// <param name="Codings">Codings in the order recorded; for a medication also the identifiers of the referenced Medication.</param>
/// <param name="Text">CodeableConcept.text, or null.</param>
/// <param name="Holder">The resource that holds the concept: the resource itself, or the Medication it references.</param>
/// <param name="Path">FHIRPath of the CodeableConcept relative to <paramref name="Holder"/>.</param>
public sealed record CodedConcept(ImmutableArray<Coding> Codings, string? Text, ResourceKey Holder, string Path)
{
    /// <summary>What a person would call it: the text, else the first display, else the first code.</summary>
    public string? Name => Text
        ?? Codings.Select(coding => coding.Display).FirstOrDefault(display => !string.IsNullOrEmpty(display))
        ?? Codings.Select(coding => coding.Code).FirstOrDefault(code => !string.IsNullOrEmpty(code));
}
