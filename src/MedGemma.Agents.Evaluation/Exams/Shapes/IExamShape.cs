using System.Text.Json;

namespace MedGemma.Agents.Evaluation.Exams.Shapes;

/// <summary>The shape in which one exam is published.</summary>
internal interface IExamShape
{
    /// <summary>Looks at every row before the first is read, for what only the whole file tells.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>Reads one row of this file; its number is counted from 1.</returns>
    /// <exception cref="FormatException">The file as a whole cannot be read as this exam; says why.</exception>
    Func<JsonElement, int, RowReading> Survey(IReadOnlyList<JsonElement> rows);
}
