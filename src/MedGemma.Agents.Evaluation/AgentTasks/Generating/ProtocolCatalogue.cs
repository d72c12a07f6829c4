using MedGemma.Agents.Evaluation.AgentTasks.Orders;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.AgentTasks.Generating;

/// <summary>
/// The conditional orders that tasks are made of. They test whether an agent does what it is told and nothing more; they are no clinical guidance, and bounds are chosen
/// so that about half of the tasks call for an order.
/// </summary>
internal static class ProtocolCatalogue
{
    private static readonly ProtocolBlocker Statin = new(
        FactKind.Order, ["simvastatin", "atorvastatin"], "unless the patient is currently on a statin", "Is the patient on a statin?");

    private static readonly ProtocolBlocker Metformin = new(
        FactKind.Order, ["metformin"], "unless the patient is currently taking metformin", "Is the patient currently taking metformin?");

    private static readonly ProtocolBlocker Penicillin = new(
        FactKind.Allergy, ["penicillin"], "unless an allergy to penicillin is recorded", "Is the patient allergic to penicillin?");

    /// <summary>Orders that a value calls for.</summary>
    public static IReadOnlyList<SeriesProtocol> OnValues { get; } =
    [
        new("ldl", ProtocolComparison.Above, [70, 100, 130, 160], Drug("617310", "atorvastatin 20 MG Oral Tablet", 20, "mg"), Statin),
        new("hba1c", ProtocolComparison.Above, [6, 7, 8], Drug("861007", "metformin hydrochloride 500 MG Oral Tablet", 500, "mg"), Metformin),
        new("hemoglobin", ProtocolComparison.Below, [9, 11, 13], Drug("24947", "ferrous sulfate", 325, "mg")),
        new("crp", ProtocolComparison.Above, [5, 50], Drug("723", "amoxicillin", 500, "mg"), Penicillin),
        new("leukocytes", ProtocolComparison.Above, [6, 9, 11], Drug("723", "amoxicillin", 500, "mg"), Penicillin),
        new("tsh", ProtocolComparison.Above, [1, 2.5m, 4], Test(Systems.Loinc, "3024-7", "Thyroxine (T4) free [Mass/volume] in Serum or Plasma")),
        new("creatinine", ProtocolComparison.Above, [0.9m, 1.3m, 2], Test(Systems.Loinc, "24362-6", "Renal function 2000 panel - Serum or Plasma")),
        new("egfr", ProtocolComparison.Below, [30, 45, 60], Test(Systems.Loinc, "9318-7", "Albumin/Creatinine [Mass Ratio] in Urine")),
        new("ntprobnp", ProtocolComparison.Above, [300, 900, 1800], Test(Systems.Snomed, "40701008", "Echocardiography")),
        new("heartrate", ProtocolComparison.Above, [65, 80, 100], Test(Systems.Snomed, "29303009", "Electrocardiographic procedure")),
        new("systolic", ProtocolComparison.Above, [120, 140, 160], Test(Systems.Snomed, "164783007", "Ambulatory blood pressure recording")),
    ];

    /// <summary>Tests that are due when none was made for a number of days.</summary>
    public static IReadOnlyList<(LabTest Test, int Days)> Due { get; } = [(Tests.HbA1c, 90), (Tests.Tsh, 180), (Tests.Ldl, 365), (Tests.Creatinine, 180), (Tests.Inr, 30), (Tests.Lactate, 30)];

    /// <summary>The order of a laboratory test.</summary>
    public static OrderContent OrderOf(LabTest test) => Test(Systems.Loinc, test.Loinc, test.Display);

    private static OrderContent.Medication Drug(string rxNorm, string display, decimal dose, string unit) => new(new OrderCode(Systems.RxNorm, rxNorm, display), dose, unit);

    private static OrderContent.Service Test(string system, string code, string display) => new(new OrderCode(system, code, display));
}
