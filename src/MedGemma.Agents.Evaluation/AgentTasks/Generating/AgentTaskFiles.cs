using MedGemma.Agents.Evaluation.Synthesis;
using MedGemma.Agents.Evaluation.Synthesis.Output;

namespace MedGemma.Agents.Evaluation.AgentTasks.Generating;

/// <summary>Writes the patients and the tasks of the agent suite to a folder.</summary>
public static class AgentTaskFiles
{
    /// <summary>Writes <c>patients/</c> with its manifest, and <c>tasks.jsonl</c>.</summary>
    /// <param name="folder">Where to; made when absent.</param>
    /// <param name="options">What to generate.</param>
    /// <param name="cancellationToken">Cancels between resources; what is written stays.</param>
    /// <returns>Number of tasks.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static int Write(string folder, AgentTaskOptions options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        var patients = Path.Combine(folder, "patients");
        Directory.CreateDirectory(patients);
        using var lines = File.Create(Path.Combine(folder, "tasks.jsonl"));
        var written = 0;
        for (var number = 0; number < options.Patients; number++)
        {
            var chart = PatientSynthesizer.Chart(number, options.Synthesis);
            PatientFile.Write(patients, number + 1, PatientSynthesizer.Describe(chart, options.Synthesis, []), cancellationToken);
            foreach (var task in TaskWriter.Write(chart, options.Seed))
            {
                lines.Write(AgentTaskFile.Line(task));
                written++;
            }
        }

        File.WriteAllText(
            Path.Combine(patients, "manifest.json"),
            $$"""{"complete":"all","generator":"medgemma fixtures agent-tasks","version":"{{PatientSynthesizer.Version}}","seed":{{options.Seed}}}""" + "\n");
        return written;
    }
}
