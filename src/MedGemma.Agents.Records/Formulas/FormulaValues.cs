namespace MedGemma.Agents.Records.Formulas;

/// <summary>The inputs of one calculation by name, each as the record has it.</summary>
public sealed class FormulaValues
{
    private readonly IReadOnlyDictionary<string, decimal> _numbers;
    private readonly IReadOnlyDictionary<string, bool> _history;
    private readonly bool? _isFemale;

    internal FormulaValues(IReadOnlyDictionary<string, decimal> numbers, IReadOnlyDictionary<string, bool> history, bool? isFemale)
    {
        _numbers = numbers;
        _history = history;
        _isFemale = isFemale;
    }

    /// <summary>A number that the formula cannot do without.</summary>
    /// <exception cref="InvalidOperationException">The formula did not declare it as needed.</exception>
    public decimal this[string name] => Find(name) ?? throw new InvalidOperationException($"The formula reads '{name}' without declaring it as an input that it needs.");

    /// <summary>Sex for equations.</summary>
    /// <exception cref="InvalidOperationException">The formula did not declare it.</exception>
    public bool IsFemale => _isFemale ?? throw new InvalidOperationException("The formula reads the sex without declaring it.");

    /// <summary>A number, or null when it is not recorded.</summary>
    public decimal? Find(string name) => _numbers.TryGetValue(name, out var number) ? number : null;

    /// <summary>Whether a history input is recorded.</summary>
    /// <exception cref="InvalidOperationException">The formula did not declare it.</exception>
    public bool Has(string name) =>
        _history.TryGetValue(name, out var has) ? has : throw new InvalidOperationException($"The formula reads '{name}' without declaring it.");
}
