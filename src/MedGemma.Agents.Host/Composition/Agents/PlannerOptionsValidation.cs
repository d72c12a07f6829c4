using System.ComponentModel.DataAnnotations;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Tools;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>Reads every agent when the options are first asked for, so that a wrong file stops the start with one line, whether or not a model is used.</summary>
internal sealed class PlannerOptionsValidation(IReadOnlyList<IRecordTool> tools, IOutputSchemaCheck schemas, IAgentModels models) : IValidateOptions<PlannerOptions>
{
    public ValidateOptionsResult Validate(string? name, PlannerOptions options)
    {
        var problems = new List<ValidationResult>();
        foreach (var section in new object[] { options, options.Overview, options.Embeddings })
            Validator.TryValidateObject(section, new ValidationContext(section), problems, validateAllProperties: true);
        if (problems.Count > 0)
            return ValidateOptionsResult.Fail(problems.Select(problem => problem.ErrorMessage!));

        if (Problems(options.Embeddings).ToList() is { Count: > 0 } wrongServer)
            return ValidateOptionsResult.Fail(wrongServer);

        try
        {
            var agents = AgentCatalog.Load(InstalledAgents.Folders(options), tools, schemas);
            if (options.GetMode() != PlannerMode.Builtin)
                agents.DemandModels(models);
            agents.DemandAdapters(models);
            return ValidateOptionsResult.Success;
        }
        catch (AgentFileException wrong)
        {
            return ValidateOptionsResult.Fail(wrong.Message);
        }
    }

    private static IEnumerable<string> Problems(EmbeddingOptions options)
    {
        if (string.IsNullOrEmpty(options.Server))
            yield break;

        if (EmbeddingServers.FindProblem(options.Server) is { } problem)
            yield return $"{EmbeddingOptions.Section}:Server: {problem}";
        foreach (var (name, file) in new[] { (nameof(options.ApiKeyFile), options.ApiKeyFile), (nameof(options.Authority), options.Authority) })
        {
            if (!string.IsNullOrEmpty(file) && !File.Exists(file))
                yield return $"{EmbeddingOptions.Section}:{name}: {file} does not exist";
        }
    }
}
