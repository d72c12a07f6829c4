using System.Text.Json;
using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.FhirPath;
using Hl7.FhirPath.Expressions;
using MedGemma.Agents.Records.Model;
using Evidence = MedGemma.Agents.Records.Queries.Evidence;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>Evaluates the FHIRPath of evidence with Hl7.Fhir.R4's engine on the resource and compares it with the value.</summary>
internal sealed class EvidenceCheck
{
    private static readonly FhirJsonDeserializer Deserializer = new(new DeserializerSettings().UsingMode(DeserializationMode.Recoverable));
    private static readonly FhirPathCompiler Compiler = new(new SymbolTable().AddStandardFP().AddFhirExtensions());

    private readonly Dictionary<ResourceKey, Resource> _resources = [];
    private readonly Dictionary<string, CompiledExpression> _expressions = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the evidence, or null.</summary>
    public string? Find(PatientRecord record, Evidence evidence)
    {
        if (!record.TryFollow(evidence.Resource.ToString(), out var holder))
            return $"{evidence.Path}: the resource is not in the record";
        if (holder.Version != evidence.Version)
            return $"{evidence.Path}: another version";

        if (!_resources.TryGetValue(evidence.Resource, out var poco))
        {
            Deserializer.TryDeserializeResource(holder.Json.GetRawText(), out var read, out _);
            _resources[evidence.Resource] = poco = read ?? throw new InvalidOperationException("The resource cannot be read.");
        }

        if (!_expressions.TryGetValue(evidence.Path, out var expression))
            _expressions[evidence.Path] = expression = Compiler.Compile(evidence.Path);

        var found = expression(poco.ToPocoNode(), new FhirEvaluationContext()).ToList();
        if (found.Count != 1)
            return $"{evidence.Path} gives {found.Count} values";
        if (evidence.Value.ValueKind == JsonValueKind.Undefined)
            return null;

        return found[0].Poco is PrimitiveType { JsonValue: { } value } && JsonElement.DeepEquals(JsonSerializer.SerializeToElement(value), evidence.Value)
            ? null
            : $"{evidence.Path} gives {(found[0].Poco as PrimitiveType)?.JsonValue}, not {evidence.Value.GetRawText()}";
    }
}
