using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Host.Composition;

/// <summary>Options of the whole program, section <c>MedGemma</c>.</summary>
internal sealed class MedGemmaOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "MedGemma";

    /// <summary>Zone in which days, months and years are whole.</summary>
    /// <value>An IANA zone name; default: the machine's own zone.</value>
    [MinLength(1)]
    public string? Zone { get; set; }

    /// <summary>Readings that English leaves open.</summary>
    /// <value><c>clinical</c> (default) or <c>fhirpath-qa</c>.</value>
    [RegularExpression("clinical|fhirpath-qa", ErrorMessage = "MedGemma:Conventions must be 'clinical' or 'fhirpath-qa'")]
    public string Conventions { get; set; } = "clinical";

    /// <summary>The zone.</summary>
    /// <exception cref="ValidationException">No zone has the configured name.</exception>
    public TimeZoneInfo GetZone()
    {
        if (Zone is null)
            return TimeZoneInfo.Local;

        return TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone)
            ? zone
            : throw new ValidationException($"MedGemma:Zone: '{Zone}' is not a zone that this machine knows; give an IANA name such as Europe/Berlin");
    }
}
