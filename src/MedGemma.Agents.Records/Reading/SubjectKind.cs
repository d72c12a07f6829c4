namespace MedGemma.Agents.Records.Reading;

/// <summary>What a resource says about whose it is.</summary>
public enum SubjectKind
{
    /// <summary>It names its subject.</summary>
    Reference,

    /// <summary>It must name a subject and does not.</summary>
    Missing,

    /// <summary>It has no subject, and may support resources of any patient: a Medication, a Location.</summary>
    Supporting,

    /// <summary>It is nobody's own, yet can speak of several patients, so that it belongs in no patient's record: a Group, an AuditEvent.</summary>
    Shared,
}
