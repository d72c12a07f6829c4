namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Whom a question names; closed.</summary>
internal abstract record PatientMention
{
    private PatientMention()
    {
    }

    /// <summary>Nobody: the session's patient is meant.</summary>
    public sealed record Nobody : PatientMention;

    /// <summary>The patient of the record.</summary>
    public sealed record ThisPatient : PatientMention;

    /// <summary>Somebody else: the question is refused.</summary>
    public sealed record AnotherPatient : PatientMention;
}
