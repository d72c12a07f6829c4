using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Whose a resource is, as far as it says itself.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Reference">The reference as written, for <see cref="SubjectKind.Reference"/>; <c>Patient/id</c> for a Patient; several, with spaces between, when only one who knows the bundle can tell which is the patient.</param>
public readonly record struct ResourceSubject(SubjectKind Kind, string? Reference)
{
    /// <summary>The owner among the references.</summary>
    /// <param name="references">One reference or several, as in <see cref="Reference"/>.</param>
    /// <param name="resolve">Follows one reference; null when its target is not known.</param>
    /// <returns>The only patient; else what the references point at when that is all known and no patient; else null.</returns>
    internal static ResourceKey? OwnerOf(string references, Func<string, ResourceKey?> resolve)
    {
        if (!references.Contains(' ', StringComparison.Ordinal))
            return resolve(references);

        ResourceKey? owner = null;
        foreach (var reference in references.Split(' '))
        {
            // An unknown target may be a second patient.
            if (resolve(reference) is not { } target)
                return null;

            if (target.Type == "Patient" && owner is { Type: "Patient" } && owner != target)
                return new ResourceKey("Group", "");

            if (owner is not { Type: "Patient" })
                owner = target;
        }

        return owner;
    }
}
