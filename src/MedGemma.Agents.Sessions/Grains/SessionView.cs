namespace MedGemma.Agents.Sessions.Grains;

/// <summary>A session with its turns, as its user may see it.</summary>
/// <param name="Key">Key of the session.</param>
/// <param name="PatientId">The patient.</param>
/// <param name="Role">The asker's role.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Turns">Its turns, oldest first.</param>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.session-view")]
public sealed record SessionView(
    [property: Id(0)] string Key,
    [property: Id(1)] string PatientId,
    [property: Id(2)] Planning.Answers.AskerRole Role,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] IReadOnlyList<TurnView> Turns);
