using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Courses;
using MedGemma.Agents.Evaluation.Synthesis.Traps;

namespace MedGemma.Agents.Evaluation.Synthesis;

/// <summary>Which life a patient leads: eight kinds in turn, the most important part first.</summary>
internal sealed record CasePlan(AdministrativeGender Gender, int Age, bool Dies, IReadOnlyList<ICourse> Courses)
{
    private const AdministrativeGender Male = AdministrativeGender.Male;
    private const AdministrativeGender Female = AdministrativeGender.Female;

    public static CasePlan For(int number) => (number % 8) switch
    {
        0 => new(Male, 67, false, [new Diabetes(6), new Background(Allergies.Listed), new SepsisStay(400), .. Traps(0), new RoutineCare(94m, 176m, 6), new Kidney(5), new Hypertension(6), new Lipids(5)]),
        1 => new(Female, 76, false, [new Fibrillation(5), new Background(Allergies.NoneKnown, notForResuscitation: true), new HeartFailure(5), new Copd(6), .. Traps(1), new RoutineCare(81m, 163m, 5), new Hypertension(5), new Kidney(4), new Thyroid(4)]),
        2 => new(Female, 32, false, [new Pregnancy(), new Background(Allergies.Listed), new Asthma(), new Thyroid(4), new Depression(3), .. Traps(2), new RoutineCare(61m, 168m, 5), new SepsisStay(700)]),
        3 => new(Female, 59, false, [new Cancer(4), new Background(Allergies.NoneKnown, notForResuscitation: true), new Thyroid(6), new Depression(3), .. Traps(3), new RoutineCare(68m, 165m, 6), new Hypertension(4), new Lipids(5), new Kidney(4)]),
        4 => new(Male, 84, true, [new HeartFailure(4), new Background(Allergies.Listed, notForResuscitation: true), new Kidney(5), .. Traps(4), new RoutineCare(79m, 172m, 5), new Lipids(5), new Fibrillation(4), new Copd(4), new AfterDeathTraps()]),
        5 => new(Male, 26, false, [new Background(Allergies.NothingRecorded), new Asthma(), .. Traps(5), new RoutineCare(74m, 181m, 3), new Depression(2)]),
        6 => new(Male, 54, false, [new SepsisStay(0), new Background(Allergies.Listed, isolated: true), .. Traps(6), new Hypertension(4), new RoutineCare(88m, 179m, 4), new Diabetes(3), new Lipids(4)]),
        _ => new(Female, 65, false, [new Diabetes(6, mixedUnits: true), new Background(Allergies.NoneKnown), new Lipids(5), .. Traps(7), new Thyroid(5), new RoutineCare(77m, 160m, 6), new Hypertension(6), new Kidney(5)]),
    };

    private static IEnumerable<ICourse> Traps(int kind)
    {
        yield return new IdentityTraps(related: kind == 5);
        yield return new ProblemTraps();

        // Whether a preliminary result is pending can be argued: the odd kinds have none.
        yield return new ResultTraps(preliminary: kind % 2 == 0);
        yield return new TimeTraps();

        // The list of current medications stays free of doubt for the odd kinds.
        if (kind % 2 == 0)
            yield return new OrderTraps();
    }
}
