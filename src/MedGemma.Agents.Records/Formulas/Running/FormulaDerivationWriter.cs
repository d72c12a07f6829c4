using System.Globalization;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;

namespace MedGemma.Agents.Records.Formulas.Running;

/// <summary>Writes down what went into a formula so that it can be computed again from nothing else.</summary>
internal sealed class FormulaDerivationWriter
{
    private readonly List<Evidence> _inputs = [];
    private readonly List<string> _absent = [];
    private readonly Dictionary<string, string> _parameters;

    public FormulaDerivationWriter(ClinicalFormula formula, DateTimeOffset moment, TimeZoneInfo zone) => _parameters = new Dictionary<string, string>
    {
        [DerivationParameters.Formula] = FormulaCatalog.WordOf(formula.Name),
        [DerivationParameters.AsOf] = moment.ToString("O", CultureInfo.InvariantCulture),
        [DerivationParameters.Zone] = zone.Id,
    };

    /// <summary>Adds a measurement with its conversion.</summary>
    public void Add(MeasuredInput input, Measurement taken)
    {
        var at = Add(input, taken.Value.Evidence[0]);
        if (taken.Value.Derivation is not { Operation: "convert" } conversion)
            return;

        _parameters[DerivationParameters.FromUnit(at)] = conversion.Parameters[DerivationParameters.FromUnit(0)];
        if (conversion.Parameters.TryGetValue(DerivationParameters.Loinc(0), out var loinc))
            _parameters[DerivationParameters.Loinc(at)] = loinc;
    }

    /// <summary>Adds what is settled, or that it is not recorded.</summary>
    public void Add(InputReading.Settled settled)
    {
        foreach (var evidence in settled.Evidence)
            Add(settled.Input, evidence);
        if (settled.Evidence.Count == 0)
            _absent.Add(settled.Input.Name);
    }

    /// <summary>The derivation.</summary>
    public Derivation ToDerivation()
    {
        if (_absent.Count > 0)
            _parameters[DerivationParameters.Absent] = string.Join(';', _absent);
        return new Derivation(DerivationParameters.Calculate, [.. _inputs], _parameters);
    }

    private int Add(FormulaInput input, Evidence evidence)
    {
        _inputs.Add(evidence);
        _parameters[DerivationParameters.Input(_inputs.Count - 1)] = input.Name;
        return _inputs.Count - 1;
    }
}
