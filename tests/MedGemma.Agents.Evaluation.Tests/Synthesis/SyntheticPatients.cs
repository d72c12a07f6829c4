using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis;

namespace MedGemma.Agents.Evaluation.Tests.Synthesis;

/// <summary>The patients that several tests look at, made once.</summary>
internal static class SyntheticPatients
{
    public static IReadOnlyList<SyntheticPatient> Eight { get; } = Make(2026, 480);

    public static IReadOnlyList<SyntheticPatient> Others { get; } = Make(7, 600);

    public static IEnumerable<SyntheticPatient> All => Eight.Concat(Others);

    public static string RepositoryRoot { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Name(Resource resource) => $"{resource.TypeName}/{resource.Id}";

    public static DateTimeOffset Moment(FhirDateTime? time) => DateTimeOffset.Parse(time!.Value!);

    private static IReadOnlyList<SyntheticPatient> Make(ulong seed, int resources) =>
        [.. PatientSynthesizer.Generate(new() { Patients = 8, Seed = seed, TargetResources = resources, References = ReferenceForm.Alternating })];

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "MedGemma.Agents.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new InvalidOperationException("The repository root was not found."));
}
