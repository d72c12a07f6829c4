namespace MedGemma.Agents.Records.Importing;

/// <summary>What became of a resource that was handed to the store.</summary>
internal enum PutOutcome
{
    /// <summary>The store did not have the resource.</summary>
    Added,

    /// <summary>A further version of a resource that the store has, or an earlier one that is the newest again.</summary>
    Updated,

    /// <summary>The store has this version, and which one is the newest stays as it is.</summary>
    Unchanged,

    /// <summary>A Patient with the id of another person; it was not taken, nor may the bundle that it is in.</summary>
    AnotherPerson,

    /// <summary>The store has this version with other content, so one of the two is wrong.</summary>
    Contradicts,
}
