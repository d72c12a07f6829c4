using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Inference.Deployment;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma models list</c>: the configured models.</summary>
internal static class ModelsListCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var command = new Command("list", "Lists the configured models.");
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var models = ConfiguredModels.Read(CommandServices.ReadConfiguration());
            if (models.ByKey.Count == 0)
                output.WriteLine("No model is configured; the built-in planner answers alone. MedGemma:Models in appsettings.json says how to add one.");

            foreach (var (key, model) in models.ByKey.OrderBy(model => model.Key, StringComparer.Ordinal))
            {
                output.WriteLine($"{key}: {string.Join(", ", model.Replicas)}; {model.Slots} at once, {model.ContextLength} tokens each");
                if (model.Path is { } path)
                    output.WriteLine($"  {path}, {Amount.Of((new FileInfo(path).Length + 999_999) / 1_000_000, "MB", "MB")}");
                foreach (var (name, adapter) in model.Adapters)
                    output.WriteLine($"  adapter {name}: {adapter}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
