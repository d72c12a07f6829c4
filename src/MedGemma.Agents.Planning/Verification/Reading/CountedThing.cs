namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>What a number of a sentence counts.</summary>
internal enum CountedThing
{
    /// <summary>It is a value, not a count.</summary>
    Nothing,

    /// <summary>Resources or values.</summary>
    Things,

    /// <summary>Distinct concepts.</summary>
    DistinctThings,

    /// <summary>The first number of "N of M".</summary>
    Part,
}
