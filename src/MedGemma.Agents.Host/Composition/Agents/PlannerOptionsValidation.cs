using System.ComponentModel.DataAnnotations;
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
        foreach (var section in new object[] { options, options.Overview })
            Validator.TryValidateObject(section, new ValidationContext(section), problems, validateAllProperties: true);
        if (problems.Count > 0)
            return ValidateOptionsResult.Fail(problems.Select(problem => problem.ErrorMessage!));

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
}
