using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Contradictions;
using MedGemma.Agents.Planning.Loop;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Notes.Extraction;
using MedGemma.Agents.Planning.Notes.Retrieval;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>Registers agents, their tools, and the answerer of the configured mode.</summary>
internal static class AgentServices
{
    /// <summary>Adds them. Needs the services of question answering and of inference.</summary>
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        services.AddOptions<PlannerOptions>().BindConfiguration(PlannerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PlannerOptions>, PlannerOptionsValidation>();
        services.AddSingleton(provider => new RecordOverviews(provider.GetRequiredService<IOptions<PlannerOptions>>().Value.Overview));
        services.AddSingleton<IAgentModels, ConfiguredAgentModels>();
        services.AddSingleton<IOutputSchemaCheck, GrammarSchemaCheck>();
        services.AddSingleton<IReadOnlyList<IRecordTool>>(provider =>
        {
            var (engine, resolver) = (provider.GetRequiredService<IRecordQueryEngine>(), provider.GetRequiredService<IConceptResolver>());
            return
            [
                // The options are not known yet where tools are first needed: to check the agents that the options name.
                new RecordOverviewTool(new Lazy<RecordOverviews>(provider.GetRequiredService<RecordOverviews>)),
                new QueryRecordTool(engine, resolver),
                new ComparePeriodsTool(engine, resolver),
                new CurrentMedicationsTool(engine),
                new CalculateTool(engine),
                new ExplainCodeTool(provider.GetRequiredService<ConceptVocabulary>()),
                new ReadNoteTool(),
            ];
        });
        services.AddSingleton(provider => AgentCatalog.Load(
            InstalledAgents.Folders(provider.GetRequiredService<IOptions<PlannerOptions>>().Value),
            provider.GetRequiredService<IReadOnlyList<IRecordTool>>(),
            provider.GetRequiredService<IOutputSchemaCheck>()));
        services.AddSingleton(provider => new NoteReaders(
            provider.GetRequiredService<IRecordQueryEngine>(), provider.GetRequiredService<INoteRetriever>(), new NoteExtractorOptions()));
        services.AddNoteRetrieval();
        services.AddSingleton<QuestionAnswerer>();
        services.AddSingleton(provider => new ModelQuestionAnswerer(
            provider.GetRequiredService<AgentCatalog>(),
            provider.GetRequiredService<IAgentModels>(),
            provider.GetRequiredService<IReadOnlyList<IRecordTool>>(),
            provider.GetRequiredService<RecordOverviews>(),
            provider.GetRequiredService<IClaimVerifier>(),
            provider.GetRequiredService<NoteReaders>(),
            provider.GetRequiredService<TimeZoneInfo>(),
            provider.GetRequiredService<ResourceOrdering>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IQuestionAnswerer>(provider =>
        {
            var mode = provider.GetRequiredService<IOptions<PlannerOptions>>().Value.GetMode();
            IQuestionAnswerer Builtin() => provider.GetRequiredService<QuestionAnswerer>();
            IQuestionAnswerer Model() => provider.GetRequiredService<ModelQuestionAnswerer>();
            IQuestionAnswerer answerer = mode switch
            {
                PlannerMode.Builtin => Builtin(),
                PlannerMode.Model => Model(),
                PlannerMode.BuiltinThenModel => new BuiltinThenModelAnswerer(Builtin(), Model()),
                PlannerMode.Both => new BothAnswerer(Builtin(), Model()),
                _ => throw new InvalidOperationException($"There is no mode {mode}."),
            };
            return new ContradictionAnswerer(answerer, provider.GetRequiredService<ContradictionFinder>(), provider.GetRequiredService<TimeZoneInfo>());
        });
        return services;
    }
}
