using MedGemma.Agents.Host.Composition.Agents;
using MedGemma.Agents.Planning.Builtin;
using MedGemma.Agents.Planning.Contradictions;
using MedGemma.Agents.Planning.Notes.Claims;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Composition;

/// <summary>Registers everything between a record source and an answer.</summary>
internal static class PlanningServices
{
    /// <summary>Name of the section of <see cref="ConceptOptions"/>.</summary>
    public const string ConceptSection = "MedGemma:Concepts";

    /// <summary>Adds the record builder, the query engine, the built-in planner, the writer, the verifier and the answerer.</summary>
    public static IServiceCollection AddQuestionAnswering(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<MedGemmaOptions>>().Value.GetZone());
        services.AddSingleton<IRecordBuilder, RecordBuilder>();
        services.AddSingleton<IUnitConverter, UnitConverter>();
        services.AddOptions<ConceptOptions>().BindConfiguration(ConceptSection).ValidateDataAnnotations();
        services.AddSingleton(provider => ConceptVocabulary.Load(provider.GetRequiredService<IOptions<ConceptOptions>>().Value));
        services.AddSingleton<IConceptResolver, ConceptResolver>();
        services.AddSingleton<IRecordQueryEngine, RecordQueryEngine>();
        services.AddSingleton<IClaimWriter, TemplateClaimWriter>();
        services.AddSingleton<IClaimVerifier>(provider =>
        {
            var units = provider.GetRequiredService<IUnitConverter>();
            return new QuotedClaimVerifier(new ClaimVerifier(units), units);
        });
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<MedGemmaOptions>>().Value.Conventions == "fhirpath-qa"
            ? PlannerConventions.FhirPathQa
            : PlannerConventions.Clinical);
        services.AddSingleton(provider => provider.GetRequiredService<PlannerConventions>().Ordering);
        services.AddSingleton<IPlanner, BuiltinPlanner>();
        services.AddSingleton<ContradictionFinder>();
        services.AddAgents();
        return services;
    }
}
