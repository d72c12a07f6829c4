using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Courses;

namespace MedGemma.Agents.Evaluation.Synthesis.Traps;

/// <summary>Times that say less, or other, than they seem to.</summary>
internal sealed class TimeTraps : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var childhood = chart.Problems.Perform("173422009", "Tonsillectomy", chart.Life.Before(9000, 12), asked: ["tonsillectomy"]);
        Rewrite(chart, childhood, FormattableString.Invariant($"{chart.Life.Birth.Year + 7}"), "partial-date-year", "Only a year is known.");
        var mole = chart.Problems.Perform("71388002", "Procedure", chart.Life.Before(1900, 12), asked: ["skin lesion excision"]);
        mole.Code = Coded.Named("Excision of skin lesion");
        Rewrite(chart, mole, chart.Life.Before(1900).DayText()[..7], "partial-date-month", "Only the month is known.");
        var midnight = chart.Life.Before(1000, 0);
        var cast = chart.Problems.Perform("71388002", "Procedure", midnight, asked: ["forearm cast"]);
        cast.Code = Coded.Named("Application of forearm cast");
        Rewrite(chart, cast, midnight.Text(), "midnight-date-only", "Midnight stands for a day without a time.");
    }

    private static void Rewrite(ClinicalChart chart, Procedure procedure, string text, string trap, string meaning)
    {
        procedure.Performed = new FhirDateTime(text);
        chart.Revise(fact => fact with { WhenText = text, Trap = trap, Name = procedure.Code?.Text ?? fact.Name });
        chart.Plant(trap, procedure, meaning);
    }
}
