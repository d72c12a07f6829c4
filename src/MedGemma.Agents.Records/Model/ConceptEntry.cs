using System.Collections.Immutable;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Model;

/// <summary>One distinct coded thing of a record.</summary>
/// <param name="Name">What a person would call it.</param>
/// <param name="Names">Every display, text and alias it goes by in this record.</param>
/// <param name="Codings">Its codings.</param>
/// <param name="Kinds">Kinds of the resources about it.</param>
/// <param name="Resources">The resources about it, in the record's order.</param>
public sealed record ConceptEntry(
    string Name,
    ImmutableArray<string> Names,
    ImmutableArray<Coding> Codings,
    ImmutableArray<RecordKind> Kinds,
    ImmutableArray<RecordResource> Resources);
