using System.Collections.Immutable;
using System.Text.Json;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Makes result values with their proof.</summary>
internal static class ResultValues
{
    /// <summary>Reads the query's element of a finding.</summary>
    public static IEnumerable<ResultValue> Of(QueryRun run, Finding finding) =>
        ElementReader.Read(run.Record, finding, run.Query.Element, ContextOf(run)).Select(value => Of(run, finding, value));

    /// <summary>The instant that elements are read at: an age is asked for at the beginning of the window where there is one.</summary>
    public static QueryContext ContextOf(QueryRun run) =>
        run.Query.Element == ResultElement.Age && run.Query.Selection.Window?.From is { } from && from < run.Context.AsOf ? run.Context with { AsOf = from } : run.Context;

    /// <summary>A length of time in the unit that the query asks for; any other value as it is; null when the times are recorded too coarsely for the unit.</summary>
    public static ElementValue? InUnitOf(QueryRun run, Finding finding, ElementValue value) =>
        value.Computed is not { Operation: "duration" } || (run.Query.Unit is null && !run.Query.WholeUnits)
            ? value
            : ComputedElements.InUnit(finding, value, run.Query.Unit, run.Query.WholeUnits, run.Context.Zone);

    /// <summary>A value that stands in the record, or that was computed from one resource.</summary>
    public static ResultValue Of(QueryRun run, Finding finding, ElementValue value)
    {
        var label = value.Label ?? ElementReader.LabelOf(run.Record, finding);
        var qualifiers = Qualifiers(run, finding);
        if (value.Computed is { } computed)
        {
            var inputs = computed.Inputs.Select(input => EvidenceOf(input, finding)).ToList();
            var derivation = new Derivation(computed.Operation, inputs, computed.Parameters);
            return new ResultValue(value.Value, value.Unit, label, null, value.Time ?? finding.TimeText, qualifiers, WithLinks(value, inputs, finding), derivation);
        }

        var evidence = EvidenceOf(value, finding);
        return new ResultValue(
            value.Value, value.Unit, label, value.Comparator, value.Time ?? finding.TimeText, qualifiers, WithLinks(value, [evidence], finding), null);
    }

    /// <summary>Evidence for where a value stands.</summary>
    public static Evidence EvidenceOf(ElementValue value, Finding finding) =>
        new(value.Holder.Key, value.Holder.Version, value.Path, value.Value, value.Unit, finding.TimeText);

    /// <summary>Evidence that a resource, or a part of it, is there.</summary>
    public static Evidence ExistenceOf(Finding finding)
    {
        var key = finding.Resource.Key;
        var part = key.Type switch
        {
            "Encounter" => "location",
            "CareTeam" => "participant",
            "FamilyMemberHistory" => "condition",
            _ => "component",
        };
        var path = finding.Part < 0 ? key.Type : $"{key.Type}.{part}[{finding.Part}]";
        return new Evidence(key, finding.Resource.Version, path, default, null, finding.TimeText);
    }

    /// <summary>A value that was computed from several resources.</summary>
    public static ResultValue Derived(
        JsonElement value, string? unit, string? label, string operation, IReadOnlyList<Evidence> inputs, IReadOnlyDictionary<string, string> parameters, IEnumerable<string>? qualifiers = null) =>
        new(value, unit, label, null, null, [.. qualifiers ?? []], inputs, new Derivation(operation, inputs, parameters));

    /// <summary>Brings a number to the unit that the query asks for, with the conversion as its derivation.</summary>
    public static bool TryConvert(QueryRun run, Finding finding, ElementValue source, ResultValue value, string unit, out ResultValue converted)
    {
        converted = value;
        if (!Numbers.TryRead(source, out var number) || source.Unit == unit)
            return true;

        var from = source.UnitCode ?? source.Unit;
        var loinc = Numbers.LoincOf(finding, source);
        if (source.Computed is not null || from is null || !run.Units.TryConvert(number, from, unit, loinc, out var conversion))
            return false;

        var parameters = new Dictionary<string, string> { [DerivationParameters.Unit] = unit, [DerivationParameters.FromUnit(0)] = from };
        if (loinc is not null)
            parameters[DerivationParameters.Loinc(0)] = loinc;
        if (conversion.Factor is not null)
            parameters[DerivationParameters.Factor] = conversion.Factor;
        converted = value with
        {
            Value = JsonSerializer.SerializeToElement(conversion.Value),
            Unit = unit,
            Derivation = new Derivation("convert", [value.Evidence[0]], parameters),
        };
        return true;
    }

    /// <summary>The resource's labels, and why it is taken for current where that was asked.</summary>
    private static ImmutableArray<string> Qualifiers(QueryRun run, Finding finding) =>
        Reason(run, finding) is { } reason ? [.. finding.Resource.Labels, reason] : finding.Resource.Labels;

    private static string? Reason(QueryRun run, Finding finding) => run.Query.Selection switch
    {
        { CurrentInWindow: true, Window: { } window } => CurrentState.During(finding, window, run.Index, run.Context).Reason,
        { CurrentOnly: true } => CurrentState.Of(finding, run.Record, run.Index, run.Context).Reason,
        _ => null,
    };

    private static List<Evidence> WithLinks(ElementValue value, List<Evidence> evidence, Finding finding)
    {
        if (value.Link is { } link)
            evidence = [.. evidence, EvidenceOf(link, finding)];
        if (finding.Follows is { } before)
            evidence = [.. evidence, ExistenceOf(before)];
        return evidence;
    }
}
