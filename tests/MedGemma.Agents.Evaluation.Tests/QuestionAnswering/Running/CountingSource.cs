using System.Collections.Concurrent;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;

/// <summary>Knows every patient but <c>nobody</c>, and counts the reads of each.</summary>
internal sealed class CountingSource : IRecordSource
{
    public ConcurrentDictionary<string, int> Reads { get; } = new();

    public Task<RawRecord?> ReadAsync(string patientId, CancellationToken cancellationToken)
    {
        Reads.AddOrUpdate(patientId, 1, (_, reads) => reads + 1);
        if (patientId == "nobody")
            return Task.FromResult<RawRecord?>(null);

        var key = new ResourceKey("Patient", patientId);
        var json = System.Text.Encoding.UTF8.GetBytes($$"""{"resourceType":"Patient","id":"{{patientId}}"}""");
        return Task.FromResult<RawRecord?>(new RawRecord(key, [new RawResource(key, "1", json, null, null)], [], Answers.Receipt));
    }

    public Task<string> GetChangeTokenAsync(string patientId, CancellationToken cancellationToken) => Task.FromResult("1");

    public Task<IReadOnlyList<PatientMatch>> FindPatientsAsync(string text, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PatientMatch>>([]);
}
