namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Something that is true of the simulated patient, with the resource that says so. Expected answers are made of these, never of the written JSON.</summary>
internal sealed record Fact(FactKind Kind, string Key, string Reference)
{
    /// <summary>What the record calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>How a question may call it.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    /// <summary>When it happened or began.</summary>
    public DateTimeOffset When { get; init; }

    /// <summary>That time as the record writes it.</summary>
    public string WhenText { get; init; } = "";

    public DateTimeOffset? End { get; init; }

    public string? EndText { get; init; }

    /// <summary>When it entered the record; later questions only know it from here on.</summary>
    public DateTimeOffset Recorded { get; init; }

    public decimal? Value { get; init; }

    public string? Unit { get; init; }

    public string? Comparator { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public string? Text { get; init; }

    public string? Person { get; init; }

    /// <summary>False for what never counts: entered in error, not done, refuted, not given.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>True while an order or condition is in force at the end of the simulation.</summary>
    public bool Current { get; init; }

    /// <summary>The trap that it is, or null.</summary>
    public string? Trap { get; init; }

    /// <summary>Quantities with a unit in which numbers of other units cannot stand beside it.</summary>
    public bool HasPlainNumber => Value is not null && Comparator is null;
}
