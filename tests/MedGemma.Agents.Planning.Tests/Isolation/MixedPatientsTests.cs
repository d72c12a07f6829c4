using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Isolation;

/// <summary>Eight whole charts in one source: any question to any of them is answered as if the others were not there.</summary>
public sealed partial class MixedPatientsTests : IAsyncLifetime
{
    /// <summary>How long <c>MEDGEMMA_SOAK</c> makes the search for a question that tells of another patient.</summary>
    private const int SoakSeconds = 240;

    private static readonly string s_folder = Path.Combine(FixtureQuestion.Folder, "patients");
    private static readonly ResourceOwners s_owners = new(s_folder);
    private static readonly string[] s_patients = [.. s_owners.Patients];
    private readonly Dictionary<string, PatientRecord> _alone = [];
    private readonly Dictionary<string, PatientRecord> _fromFiles = [];
    private readonly Dictionary<string, PatientRecord> _fromStore = [];
    private ImportedStore _mixed = null!;

    public async ValueTask InitializeAsync()
    {
        _mixed = await ImportedStore.OpenAsync(s_folder);
        foreach (var file in Directory.GetFiles(s_folder, "patient-*"))
        {
            var source = await ImportedStore.OpenFilesAsync(file, Path.Combine(s_folder, "manifest.json"));
            var patient = (await source.FindPatientsAsync("", 2, TestContext.Current.CancellationToken)).Single().Id;
            _alone[patient] = await Answering.ReadAsync(source, patient);
            _fromFiles[patient] = await Answering.ReadAsync(_mixed.Files, patient);
            _fromStore[patient] = await Answering.ReadAsync(_mixed.Store, patient);
        }
    }

    public ValueTask DisposeAsync()
    {
        _mixed.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Questions of one patient are put to another's record too: what they name is then often only in the other chart.</summary>
    [Fact]
    public async Task No_answer_holds_anything_of_another_patient()
    {
        var asked = 0;
        await Gen.Select(QuestionMutations.Of(s_patients), QuestionMutations.Of(FixtureQuestion.All)).SampleAsync(
            async asking =>
            {
                var (patient, question) = asking;
                var files = await Answering.AskAsync(_fromFiles[patient], question.ToChartQuestion());
                var store = await Answering.AskAsync(_fromStore[patient], question.ToChartQuestion());
                var alone = await Answering.AskAsync(_alone[patient], question.ToChartQuestion());
                AssertOwn(patient, files);
                AssertOwn(patient, store);
                Assert.Equal(Shown(alone), Shown(files));
                Assert.Equal(Shown(alone), Shown(store));
                Interlocked.Increment(ref asked);
            },
            iter: 150,
            time: Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? -1 : SoakSeconds,
            threads: 1);
        Assert.True(asked >= 150);
    }

    [Fact]
    public void Every_resource_of_a_record_is_the_patients_own_or_nobodys()
    {
        Assert.Equal(8, s_patients.Length);
        foreach (var record in _fromFiles.Values.Concat(_fromStore.Values))
        {
            Assert.True(record.Resources.Length > 300);
            Assert.All(record.Resources, resource => Assert.True(s_owners.MayServe(resource.Key.ToString(), record.Patient.Key.Id), resource.Key.ToString()));
        }
    }

    [Fact]
    public async Task A_question_that_names_another_patient_of_the_store_is_not_answered()
    {
        foreach (var patient in s_patients)
        {
            var own = NamesOf(_fromStore[patient]);
            foreach (var other in s_patients.Where(other => other != patient))
            {
                var theirs = NamesOf(_fromStore[other]);
                string[] named =
                [
                    $"What is the latest potassium of patient {other}?",
                    $"What is the latest potassium of Patient/{other}?",
                    $"For patient {theirs.Number}, what is the latest potassium?",
                    $"What medications is the patient with MRN {theirs.Number} taking?",
                    $"How old is {theirs.Number}?",
                    $"Which allergies does {other} have?",
                ];
                foreach (var question in named)
                    await AssertSilentAsync(patient, question);

                if (own.Family != theirs.Family)
                {
                    await AssertSilentAsync(patient, $"What is the latest potassium of Mr. {theirs.Family}?");
                    await AssertSilentAsync(patient, $"What is the latest potassium of patient {theirs.Family}?");
                    await AssertSilentAsync(patient, $"What is {theirs.Given} {theirs.Family}'s latest potassium?");
                    await AssertSilentAsync(patient, $"Does {theirs.Family} have any allergies?");
                }
            }
        }
    }

    private async Task AssertSilentAsync(string patient, string question)
    {
        var answer = await Answering.AskAsync(_fromStore[patient], question);
        Assert.True(answer.Status == AnswerStatus.Unsure, $"{question} -> {answer.Text}");
        Assert.Empty(answer.Values);
        Assert.Empty(answer.Claims);
    }

    private static void AssertOwn(string patient, Answer answer)
    {
        Assert.All(EvidenceOf.Answer(answer), evidence => Assert.True(s_owners.MayServe(evidence.Resource.ToString(), patient), evidence.Resource.ToString()));
        var others = s_owners.IdsOfOthers(patient).ToHashSet(StringComparer.Ordinal);
        Assert.All(Identifier().Matches(AnswerJson.ToText(answer)), match => Assert.DoesNotContain(match.Value, others));
    }

    private static string Shown(Answer answer) => JsonSerializer.Serialize(new
    {
        answer.Status,
        answer.Text,
        answer.Values,
        Evidence = EvidenceOf.Answer(answer).Select(evidence => (evidence.Resource.ToString(), evidence.Path, evidence.Time).ToString()),
    });

    private static (string Given, string Family, string Number) NamesOf(PatientRecord record)
    {
        var name = record.Patient.Json.GetProperty("name")[0];
        return (
            name.GetProperty("given")[0].GetString()!,
            name.GetProperty("family").GetString()!,
            record.Patient.Json.GetProperty("identifier")[0].GetProperty("value").GetString()!);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Identifier();
}
