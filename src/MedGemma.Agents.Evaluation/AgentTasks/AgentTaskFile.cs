using System.Text.Json;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.AgentTasks;

/// <summary>Files of tasks, one JSON object a line.</summary>
internal static class AgentTaskFile
{
    /// <summary>One task as a line.</summary>
    public static byte[] Line(AgentTask task) => RunJson.Line(task);

    /// <summary>Reads every task.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="EvaluationRefusedException">A line is no task, or an id is used twice.</exception>
    public static async Task<IReadOnlyList<AgentTask>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        var tasks = new List<AgentTask>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, line) in (await File.ReadAllLinesAsync(path, cancellationToken).ConfigureAwait(false)).Index())
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;

            try
            {
                tasks.Add(RunJson.Read<AgentTask>(System.Text.Encoding.UTF8.GetBytes(line)));
            }
            catch (Exception problem) when (problem is JsonException or NotSupportedException)
            {
                throw new EvaluationRefusedException($"{name}:{number + 1}: not a task", problem);
            }

            if (!ids.Add(tasks[^1].Id))
                throw new EvaluationRefusedException($"{name}:{number + 1}: the id was used by an earlier line");
        }

        return tasks.Count > 0 ? tasks : throw new EvaluationRefusedException($"{name} holds no task, so nothing can be measured");
    }
}
