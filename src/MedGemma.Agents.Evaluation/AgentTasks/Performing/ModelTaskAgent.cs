using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.AgentTasks.Performing;

/// <summary>
/// Performs tasks with a model, which is told the instruction alone, asks the chart questions and gets answers with evidence, and ends with one reply. It has no tool
/// that writes, and no way to name a patient. Greedy.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="answerer">Answers its questions about the record.</param>
internal sealed class ModelTaskAgent(IChatClient model, IQuestionAnswerer answerer) : ITaskAgent
{
    /// <summary>Most calls of the model for one task.</summary>
    public const int MostSteps = 8;

    /// <summary>Most tokens written in one call.</summary>
    public const int MaxOutputTokens = 4096;

    /// <summary>What the model is told first.</summary>
    public const string Instruction =
        """
        You carry out one task about one patient's chart. Reply with exactly one JSON object and nothing else.
        To ask the chart a question in English (as often as you need): {"ask": "..."}. You get the answer with its values, units, times and evidence.
        To end the task, one of:
        {"value": 4.1, "unit": "mmol/L", "time": "2026-01-02T08:00:00+01:00", "evidence": ["Observation/..."]} (time null for a computed value)
        {"none": true} when nothing is recorded
        {"orders": [...]} with FHIR R4 MedicationRequest or ServiceRequest resources: status "draft", intent "proposal", subject {"reference": "Patient/PATIENT"},
          the drug in medicationCodeableConcept with one dosageInstruction.doseAndRate.doseQuantity, or the test in code; the condition that triggered the order with its value in
          reasonCode[0].text; the evidence as references in supportingInformation (MedicationRequest) or supportingInfo (ServiceRequest)
        {"no_order": true} when the task calls for no order
        {"unsure": "reason"} when the chart does not decide it.
        Orders are proposals for a clinician; nothing is ever sent. Never calculate, compare dates or guess: ask the chart.
        """;

    /// <inheritdoc/>
    public async Task<TaskAnswer> PerformAsync(PatientRecord record, AgentTask task, CancellationToken cancellationToken)
    {
        var system = Instruction.Replace("Patient/PATIENT", $"Patient/{task.Patient}", StringComparison.Ordinal);
        List<ChatMessage> messages = [new(ChatRole.System, system), new(ChatRole.User, task.Instruction)];
        var options = new ChatOptions { Temperature = 0, Seed = 0, MaxOutputTokens = MaxOutputTokens };
        for (var step = 0; step < MostSteps; step++)
        {
            var response = await model.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            switch (ModelReply.Read(response.Text, task.Patient))
            {
                case ModelReply.Ended ended:
                    return ended.Answer;
                case ModelReply.Asks asks:
                    messages.Add(new ChatMessage(ChatRole.Assistant, response.Text));
                    messages.Add(new ChatMessage(ChatRole.User, await AskAsync(record, task, asks.Question, cancellationToken).ConfigureAwait(false)));
                    break;
            }
        }

        return new TaskAnswer.Unreadable($"no answer within {MostSteps} steps");
    }

    private async Task<string> AskAsync(PatientRecord record, AgentTask task, string question, CancellationToken cancellationToken)
    {
        var answer = await answerer.AnswerAsync(record, new ChartQuestion(question, task.Now, AskerRole.Clinician, []), null, cancellationToken).ConfigureAwait(false);
        var evidence = answer.Claims.Where(claim => claim.Verdict == Verdict.Supported)
            .SelectMany(claim => claim.Evidence.Concat(claim.Derivation?.Inputs ?? []))
            .DistinctBy(item => item.Resource)
            .Select(item => new { reference = item.Resource.ToString(), time = item.Time });
        return JsonSerializer.Serialize(new
        {
            status = AnswerJson.NameOf(answer.Status),
            values = answer.Status == AnswerStatus.Answered ? answer.Values : [],
            unit = answer.Unit,
            evidence,
        });
    }
}
