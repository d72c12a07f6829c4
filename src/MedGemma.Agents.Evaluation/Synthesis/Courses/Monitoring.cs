using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>A pedometer's readings every twenty minutes: what makes a chart long. Made while it is read, so that its length costs no memory.</summary>
internal static class Monitoring
{
    private const int MinutesApart = 20;

    public static IEnumerable<Resource> Read(ulong seed, Life life, ResourceReference subject, int count)
    {
        var stream = new SeedStream(seed, life.Number, "monitoring");
        for (var index = 0; index < count; index++)
        {
            var when = life.End.AddMinutes(-(double)MinutesApart * (count - index));
            yield return new Observation
            {
                Id = stream.NextId(),
                Status = ObservationStatus.Final,
                Category = [Coded.Category("activity")],
                Code = Coded.Concept(Systems.Loinc, "55423-8", "Number of steps in unspecified time Pedometer"),
                Subject = subject,
                Effective = when.Fhir(),
                Value = Coded.Amount(when.Hour is >= 7 and < 22 ? stream.Random.Next(600) : 0, "{steps}"),
            };
        }
    }
}
