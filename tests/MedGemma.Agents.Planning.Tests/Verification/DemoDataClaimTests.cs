using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Builtin;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Tests.Testing;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Tests.Verification;

public sealed class DemoDataClaimTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Sentences_of_the_built_in_writer_are_borne_out()
    {
        var folder = SharedData.Require("mimic-demo");
        var cancellationToken = TestContext.Current.CancellationToken;
        var source = await FileRecordSource.OpenAsync([folder], CompleteTypes.Everything, new ResourceReaderOptions(), TimeProvider.System, cancellationToken);
        var units = new UnitConverter();
        var engine = new RecordQueryEngine(new ConceptResolver(ConceptVocabulary.BuiltIn), units);
        var answerer = new QuestionAnswerer(
            new BuiltinPlanner(new ConceptResolver(ConceptVocabulary.BuiltIn), ConceptVocabulary.BuiltIn, engine, units, PlannerConventions.FhirPathQa), engine, new TemplateClaimWriter(), new ClaimVerifier(units), TimeZoneInfo.Utc, PlannerConventions.FhirPathQa.Ordering);
        var records = new Dictionary<string, PatientRecord>();
        var (claims, refused) = (0, 0);
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder, "questions.jsonl"), cancellationToken))
        {
            using var question = JsonDocument.Parse(line);
            var patient = question.RootElement.GetProperty("patient").GetString()!;
            if (!records.TryGetValue(patient, out var record))
                records[patient] = record = new RecordBuilder(TimeZoneInfo.Utc).Build((await source.ReadAsync(patient, cancellationToken))!);
            var asOf = DateTimeOffset.Parse(question.RootElement.GetProperty("now").GetString()! + "Z", CultureInfo.InvariantCulture);
            var answer = await answerer.AnswerAsync(
                record, new ChartQuestion(question.RootElement.GetProperty("question").GetString()!, asOf, AskerRole.Unknown, []), null, cancellationToken);
            claims += answer.Claims.Count + answer.Dropped.Count;
            refused += answer.Dropped.Count;
            foreach (var claim in answer.Dropped)
                output.WriteLine($"{string.Join(" | ", new ClaimVerifier(units).FindUnsupported(claim, answer.Queries, record))} <= {claim.Text[..Math.Min(300, claim.Text.Length)]}");
        }

        output.WriteLine($"{refused} of {claims} claims refused");
        Assert.True(refused <= claims / 100, $"{refused} of {claims} claims refused");
    }
}
