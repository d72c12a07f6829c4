using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Courses;
using MedGemma.Agents.Evaluation.Synthesis.Gold;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;

namespace MedGemma.Agents.Evaluation.Synthesis;

/// <summary>
/// Synthesises longitudinal FHIR R4 records with questions whose answers are known. Deterministic: no clock, no platform randomness, no floating-point functions
/// that differ between machines. Safe for concurrent use.
/// </summary>
public static class PatientSynthesizer
{
    /// <summary>Changes whenever the same options would give other bytes.</summary>
    public const string Version = "2";

    private static readonly string[] MaleNames = ["Henrik", "Malik", "Jonas", "Pedro", "Samir", "Walter", "Noah", "Igor"];
    private static readonly string[] FemaleNames = ["Ingrid", "Beatriz", "Leila", "Hannah", "Mei", "Clara", "Nadia", "Ruth"];
    private static readonly string[] Families = ["Testmann", "Mockford", "Sampleton", "Fixtura", "Demoine", "Exampleby", "Placeholm", "Synthwell"];

    /// <summary>Makes the patients one after another.</summary>
    /// <param name="options">What to make.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for no patient, or for fewer than 50 or more than 100,000 resources.</exception>
    public static IEnumerable<SyntheticPatient> Generate(SynthesisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Patients, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TargetResources, SynthesisOptions.FewestResources);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.TargetResources, SynthesisOptions.MostResources);
        return Enumerable.Range(0, options.Patients).Select(number => Make(number, options));
    }

    /// <summary>Writes one patient's chart, with the facts that answers are known from.</summary>
    internal static ClinicalChart Chart(int number, SynthesisOptions options)
    {
        var plan = CasePlan.For(number);
        var life = Live(number, plan, options);
        var urns = options.References == ReferenceForm.UrnUuid || (options.References == ReferenceForm.Alternating && number % 2 == 1);
        var chart = new ClinicalChart(options.Seed, life, urns);
        chart.Enter(nameof(Identity));
        new Identity().Write(chart);
        for (var part = 0; part < plan.Courses.Count; part++)
        {
            var course = plan.Courses[part];
            chart.Enter($"{course.GetType().Name} {part}");
            var mark = chart.Mark();
            course.Write(chart);
            if (chart.Resources.Count > options.TargetResources)
                chart.TakeBack(mark);
        }

        return chart;
    }

    /// <summary>The patient whom a chart describes, with other questions than those of the fixtures.</summary>
    internal static SyntheticPatient Describe(ClinicalChart chart, SynthesisOptions options, IReadOnlyList<ExpectedAnswer> questions)
    {
        var written = chart.Resources.ToArray();
        var filling = Monitoring.Read(options.Seed, chart.Life, chart.Subject, options.TargetResources - written.Length);
        return new SyntheticPatient(
            chart.Life.PatientId, chart.Urns ? ReferenceForm.UrnUuid : ReferenceForm.Relative, written.Concat(filling), [.. chart.Traps], questions);
    }

    private static SyntheticPatient Make(int number, SynthesisOptions options)
    {
        var chart = Chart(number, options);
        return Describe(chart, options, QuestionBook.Write(chart, options.Seed));
    }

    private static Life Live(int number, CasePlan plan, SynthesisOptions options)
    {
        var stream = new SeedStream(options.Seed, number, "life");
        var random = stream.Random;
        var noon = new DateTimeOffset(options.AsOf.Year, options.AsOf.Month, options.AsOf.Day, 12, 0, 0, TimeSpan.Zero);
        var now = noon.ToOffset(TimeSpan.FromHours(random.Pick([-5, -5, 0, 1])));
        var birth = options.AsOf.AddYears(-plan.Age).AddDays(-random.Between(20, 340));
        DateTimeOffset? death = plan.Dies ? new DateTimeOffset(now.Date.AddDays(-200).AddHours(15), now.Offset) : null;
        var given = random.Pick(plan.Gender == AdministrativeGender.Male ? MaleNames : FemaleNames);
        return new Life(number, stream.NextId(), plan.Gender, given, random.Pick(Families), birth, now, death, random.Next(45));
    }
}
