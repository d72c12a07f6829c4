using System.Text.Json;
using CsCheck;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Evaluation.Synthesis;

namespace MedGemma.Agents.Evaluation.Tests.Synthesis;

public sealed class PatientSynthesizerTests
{
    private static readonly JsonSerializerOptions Fhir = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    [Fact]
    public void The_same_seed_gives_the_same_bytes() =>
        Gen.Select(Gen.ULong, Gen.Int[50, 700]).Sample(
            (seed, size) => Write(seed, size).SequenceEqual(Write(seed, size)), iter: 4, threads: 1);

    [Fact]
    public void Another_seed_gives_other_patients() =>
        Assert.NotEqual(SyntheticPatients.Eight.Select(patient => patient.Id), SyntheticPatients.Others.Select(patient => patient.Id));

    [Theory]
    [InlineData(50)]
    [InlineData(137)]
    [InlineData(1500)]
    public void A_patient_has_exactly_the_number_of_resources_asked_for(int size)
    {
        foreach (var patient in PatientSynthesizer.Generate(new() { Patients = 8, Seed = 3, TargetResources = size }))
            Assert.Equal(size, patient.Resources.Count());
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 49)]
    [InlineData(1, 100_001)]
    public void Sizes_out_of_range_are_refused(int patients, int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PatientSynthesizer.Generate(new() { Patients = patients, Seed = 1, TargetResources = size }));

    [Fact]
    public void Ids_are_unique()
    {
        foreach (var patient in SyntheticPatients.All)
            Assert.Equal(patient.Resources.Count(), patient.Resources.Select(resource => resource.Id).Distinct().Count());
    }

    [Fact]
    public void A_chart_of_a_hundred_thousand_resources_is_made_as_a_stream()
    {
        var patient = PatientSynthesizer.Generate(new() { Patients = 1, Seed = 5, TargetResources = 100_000 }).Single();
        var sampled = new List<WeakReference>();
        var count = 0;
        foreach (var resource in patient.Resources)
        {
            JsonSerializer.SerializeToUtf8Bytes(resource, Fhir);
            if (++count % 1_000 == 0)
                sampled.Add(new WeakReference(resource));
        }

        // The memory of the whole process would also count what other tests hold at the same time.
        GC.Collect();
        Assert.Equal(100_000, count);
        Assert.InRange(sampled.Count(resource => resource.IsAlive), 0, 1);
    }

    private static List<string> Write(ulong seed, int size) =>
        [.. PatientSynthesizer.Generate(new() { Patients = 8, Seed = seed, TargetResources = size })
            .SelectMany(patient => patient.Resources.Select(resource => JsonSerializer.Serialize(resource, Fhir)).Concat(patient.Questions.Select(question => JsonSerializer.Serialize(question))))];
}
