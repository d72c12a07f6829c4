using System.Collections.Concurrent;
using System.Text.Json;
using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;
using Hl7.FhirPath;
using Hl7.FhirPath.Expressions;
using Evidence = MedGemma.Agents.Records.Queries.Evidence;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;

/// <summary>Evaluates the path of a piece of evidence with the FHIR SDK's FHIRPath engine and compares. Safe for concurrent use.</summary>
internal sealed class FhirPathEvidence
{
    private readonly FhirPathCompiler _compiler = new(new SymbolTable().AddStandardFP().AddFhirExtensions());
    private readonly ConcurrentDictionary<string, CompiledExpression?> _compiled = new(StringComparer.Ordinal);

    /// <summary>Evaluates one piece of evidence.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="resources">The record's resources.</param>
    /// <returns>Null when its path evaluates to exactly its value, otherwise what does not hold.</returns>
    public string? FindMismatch(Evidence evidence, ParsedResources resources)
    {
        if (resources.Find(evidence.Resource) is not { } resource)
            return "the resource is not in the record";

        if (resource.Version != evidence.Version)
            return "the version is not the record's";

        if (resources.Parse(resource) is not { } parsed)
            return "the FHIR SDK cannot read the resource";

        if (_compiled.GetOrAdd(evidence.Path, Compile) is not { } expression)
            return "the path is not FHIRPath";

        var found = expression(parsed.ToPocoNode(), new FhirEvaluationContext()).ToList();
        if (evidence.Value.ValueKind == JsonValueKind.Undefined)
            return found.Count > 0 ? null : "the path evaluates to nothing";

        return found.Count switch
        {
            0 => "the path evaluates to nothing",
            1 when Read(found[0]) is { } value => RecordedValue.AreSame(value, evidence.Value) ? null : "the path evaluates to another value",
            1 => "the path evaluates to no scalar",
            _ => "the path evaluates to more than one value",
        };
    }

    private CompiledExpression? Compile(string path)
    {
        try
        {
            return _compiler.Compile(path);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonElement? Read(PocoNode node) =>
        node.Poco is PrimitiveType { JsonValue: { } value } ? JsonSerializer.SerializeToElement(value) : null;
}
