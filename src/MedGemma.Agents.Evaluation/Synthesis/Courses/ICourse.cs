using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>A part of a life that a chart tells: a disease and its care, a hospital stay, a set of traps.</summary>
internal interface ICourse
{
    void Write(ClinicalChart chart);
}
