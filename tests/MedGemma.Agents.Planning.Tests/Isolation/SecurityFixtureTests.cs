using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Planning.Tests.Isolation;

/// <summary>Each file of <c>fhir-fixtures/security</c> does what its README says, read as files and out of the store.</summary>
public sealed class SecurityFixtureTests : IAsyncLifetime
{
    private static readonly string s_folder = Path.Combine(FixtureQuestion.Folder, "security");
    private static readonly string[] s_potassium =
    [
        "What was the latest potassium?",
        "What was the highest potassium?",
        "List all potassium results.",
        "How many potassium results are there?",
        "Was the potassium ever above 5?",
        "List all lab results.",
    ];

    private ImportedStore _store = null!;

    public async ValueTask InitializeAsync() =>
        _store = await ImportedStore.OpenAsync([.. Directory.GetFiles(s_folder).Where(file => !file.EndsWith(".md", StringComparison.Ordinal))]);

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>File: merged-patients.</summary>
    [Fact]
    public async Task A_merged_patient_is_asked_nothing_and_the_successor_proves_no_absence()
    {
        foreach (var source in Sources())
        {
            var (old, kept) = (await Answering.ReadAsync(source, "sec-old"), await Answering.ReadAsync(source, "sec-new"));
            var refused = await Answering.AskAsync(old, "Any allergies?");
            Assert.IsType<UnsureReason.Merged>(refused.Reason);
            Assert.Contains("Patient/sec-new", refused.Text, StringComparison.Ordinal);
            Assert.NotEqual(AnswerStatus.NoneRecorded, (await Answering.AskAsync(kept, "What was the latest potassium?")).Status);
        }
    }

    /// <summary>Files: foreign-resource, two-patients, ids-differ-in-case, crossing-references (of the one who owns the result), notes-with-instructions.</summary>
    [Theory]
    [InlineData("sec-a", 4.1, "sec-a-k")]
    [InlineData("sec-c", 3.9, "sec-c-k")]
    [InlineData("sec-d", 8.8, "sec-d-k")]
    [InlineData("sec-case", 4.2, "sec-case-k")]
    [InlineData("SEC-CASE", 5.9, "SEC-CASE-K")]
    [InlineData("sec-f", 7.7, "sec-f-k")]
    [InlineData("sec-notes", 4.0, "sec-notes-k")]
    [InlineData("sec-h", 6.6, "sec-h-k")]
    public async Task A_patient_with_one_potassium_has_exactly_that_one(string patient, double value, string observation)
    {
        foreach (var source in Sources())
        {
            var record = await Answering.ReadAsync(source, patient);
            foreach (var question in s_potassium)
            {
                var answer = await Answering.AskAsync(record, question);
                Assert.All(EvidenceOf.Answer(answer), evidence => Assert.Equal($"Observation/{observation}", evidence.Resource.ToString()));
            }

            foreach (var question in s_potassium[..2])
            {
                var answer = await Answering.AskAsync(record, question);
                Assert.IsType<UnsureReason.IncompleteRecord>(answer.Reason);
                Assert.Equal(value, Assert.Single(Assert.Single(answer.Claims).Evidence).Value.GetDouble());
                Assert.Contains(EvidenceOf.Answer(answer), evidence => evidence.Resource.ToString() == $"Observation/{observation}");
            }
        }
    }

    /// <summary>Files: crossing-references, same-id-other-type, no-subject, not-the-subject.</summary>
    [Theory]
    [InlineData("sec-e", "7.7", "sec-f")]
    [InlineData("sec-same", "9.1", "sec-same-k")]
    [InlineData("sec-j", "9.4", "sec-j-k")]
    [InlineData("sec-g", "6.6", "sec-h")]
    public async Task A_patient_who_is_not_the_subject_has_no_such_result(string patient, string value, string stranger)
    {
        foreach (var source in Sources())
        {
            var record = await Answering.ReadAsync(source, patient);
            Assert.DoesNotContain(record.Resources, resource => resource.Key.Id.StartsWith(stranger, StringComparison.Ordinal) && resource.Key.Type is "Observation" or "AllergyIntolerance" or "Coverage");
            foreach (var question in s_potassium)
            {
                var answer = await Answering.AskAsync(record, question);
                var shown = AnswerJson.ToText(answer);
                Assert.DoesNotContain(value, shown, StringComparison.Ordinal);
                Assert.DoesNotContain(stranger + "-k", shown, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task References_with_dot_segments_or_to_another_server_give_nothing_to_the_patient()
    {
        foreach (var source in Sources())
        {
            var record = await Answering.ReadAsync(source, "sec-i");
            var only = Assert.Single(record.Resources);
            Assert.Equal("Patient", only.Key.Type);
        }
    }

    [Fact]
    public async Task Who_performed_asserted_or_paid_is_not_the_subject()
    {
        foreach (var source in Sources())
        {
            Assert.Single((await Answering.ReadAsync(source, "sec-g")).Resources);
            Assert.Equal(4, (await Answering.ReadAsync(source, "sec-h")).Resources.Length);
        }
    }

    [Fact]
    public async Task A_subject_without_a_Patient_resource_cannot_be_opened()
    {
        foreach (var source in Sources())
            Assert.Null(await source.ReadAsync("sec-b", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("What is the latest potassium?")]
    [InlineData("Is the patient allergic to penicillin?")]
    [InlineData("Does the patient have any allergies?")]
    [InlineData("What is the code status?")]
    [InlineData("What was the latest HbA1c?")]
    [InlineData("What problems does the patient have?")]
    [InlineData("Was the potassium ever below 3?")]
    [InlineData("How many potassium results are there?")]
    public async Task What_notes_demand_is_not_done_and_what_they_claim_is_no_answer(string question)
    {
        foreach (var source in Sources())
        {
            var answer = await Answering.AskAsync(await Answering.ReadAsync(source, "sec-notes"), question);
            Assert.All(EvidenceOf.Answer(answer), evidence => Assert.Equal("Observation", evidence.Resource.Type));
            Assert.DoesNotContain(answer.Values, value => value.ValueKind == JsonValueKind.Number && value.GetDouble() is not (4.0 or 1));
            if (!question.Contains("potassium", StringComparison.Ordinal))
                Assert.NotEqual(AnswerStatus.Answered, answer.Status);
        }
    }

    /// <summary>An escape sequence or a null that reached a terminal or a log would be obeyed there.</summary>
    [Theory]
    [InlineData("List all diagnoses.")]
    [InlineData("What was the latest diagnosis?")]
    [InlineData("What conditions does the patient have?")]
    [InlineData("Does the patient have diabetes?")]
    [InlineData("Does the patient have gout?")]
    [InlineData("When was asthma diagnosed?")]
    public async Task Control_characters_of_displays_do_not_reach_what_is_shown(string question)
    {
        foreach (var source in Sources())
        {
            var answer = await Answering.AskAsync(await Answering.ReadAsync(source, "sec-text"), question);
            Assert.DoesNotContain(answer.Text, character => char.IsControl(character) && character != '\n');
            Assert.DoesNotContain("event: answered", answer.Text.Split('\n'));
            var json = AnswerJson.ToText(answer);
            Assert.DoesNotContain(json, char.IsControl);
            Assert.DoesNotContain('<', json);
        }
    }

    private IRecordSource[] Sources() => [_store.Files, _store.Store];
}
