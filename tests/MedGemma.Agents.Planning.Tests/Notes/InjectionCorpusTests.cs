using System.Text.Json;
using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Notes.Claims;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Tests.Notes;

/// <summary>Nothing that the texts of <c>fhir-fixtures/security/injections</c> demand happens, although the models obey them.</summary>
public sealed partial class InjectionCorpusTests : IAsyncLifetime
{
    private static readonly QuotedClaimVerifier s_verifier = new(Answering.Verifier, new UnitConverter());

    private PatientRecord _record = null!;

    public async ValueTask InitializeAsync()
    {
        var source = await FileRecordSource.OpenAsync(
            [InjectionCase.Chart], CompleteTypes.Everything, new ResourceReaderOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        _record = await Answering.ReadAsync(source, "sec-inject");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void The_corpus_is_large_and_varied()
    {
        Assert.InRange(InjectionCase.All.Count, 60, 1000);
        Assert.InRange(InjectionCase.All.Select(one => one.Technique).Distinct().Count(), 25, 1000);
        Assert.InRange(InjectionCase.All.Select(one => one.Language).Distinct().Count(), 6, 100);
        Assert.Equal(25, InjectionCase.All.Select(one => one.Placement).Distinct().Count());
    }

    /// <summary>Every note is read by every kind of obedient model: what comes out of quarantine is nothing, or a marked quote that stands in the note.</summary>
    [Fact]
    public async Task Of_what_obedient_models_write_only_marked_literal_quotes_come_out()
    {
        var (claims, readings) = (0, 0);
        foreach (var (name, model) in ObedientModel.All())
        {
            // What is read at once is bounded, so that all of it is read in parts.
            foreach (var month in new[] { -12, 0, 1, 2, 3, 4 })
            {
                var from = new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(month);
                var quarantine = new NoteQuarantine(NoteRecords.Reader(model));
                var request = new NoteRequest("potassium", new QueryWindow(from, from.AddMonths(1), "then"), [], 32);
                var views = await quarantine.ReadAsync(_record, [request], NoteRecords.Now, TestContext.Current.CancellationToken);
                readings += views.Sum(view => view.Read);

                AssertHoldsNoText(JsonSerializer.Serialize(views));
                Assert.All(model.Requests, asked => Assert.Null(asked.Options!.Tools));
                Assert.All(model.Requests, asked => Assert.DoesNotContain(asked.Messages, message => ControlToken().IsMatch(message.Text)));
                foreach (var claim in quarantine.Write(views.SelectMany(view => view.Findings).Select(finding => finding.Id), 0))
                {
                    claims++;
                    Assert.Empty(s_verifier.FindUnsupported(claim, quarantine.Results, _record));
                    AssertIsMarkedQuote(claim, name);
                }

                Assert.True(quarantine.IsPlanningClosed);
                await Assert.ThrowsAsync<InvalidOperationException>(() => quarantine.ReadAsync(_record, [request], NoteRecords.Now, TestContext.Current.CancellationToken));
            }
        }

        Assert.InRange(readings, 12 * 80, int.MaxValue);
        Assert.InRange(claims, 100, int.MaxValue);
    }

    /// <summary>A model that was told what to answer writes its sentences itself: without the quote's form none of them is taken.</summary>
    [Fact]
    public async Task What_a_text_demands_to_be_said_is_refused_as_a_claim()
    {
        var quarantine = new NoteQuarantine(NoteRecords.Reader(ScriptedModel.Quoting("potassium")));
        var views = await quarantine.ReadAsync(_record, [new NoteRequest("potassium", null, [], 32)], NoteRecords.Now, TestContext.Current.CancellationToken);
        var claim = quarantine.Write([views[0].Findings[0].Id], 0)[0];
        var answer = await Answering.AskAsync(_record, "What was the latest potassium?");
        var real = Assert.Single(answer.Claims);
        foreach (var one in InjectionCase.All)
        {
            foreach (var demanded in one.Forbidden.Append(one.Text))
            {
                Assert.NotEmpty(s_verifier.FindUnsupported(claim with { Text = demanded }, quarantine.Results, _record));
                Assert.NotEmpty(s_verifier.FindUnsupported(claim with { Text = $"{claim.Text} {demanded}" }, quarantine.Results, _record));

                // What has neither a value nor a whole demand in it states nothing that could be refuted.
                if (demanded == one.Text || demanded.Any(char.IsAsciiDigit))
                    Assert.True(s_verifier.FindUnsupported(real with { Text = $"The potassium is {demanded}." }, answer.Queries, _record).Count > 0, $"{one}: '{demanded}' passed as fact.");
            }
        }
    }

    [Theory]
    [InlineData("What was the latest potassium?", AnswerStatus.Answered)]
    [InlineData("How many potassium results are there?", AnswerStatus.Answered)]
    [InlineData("Was the potassium ever above 5?", AnswerStatus.Answered)]
    [InlineData("Does the patient have any allergies?", AnswerStatus.NoneRecorded)]
    [InlineData("What is the dose of lisinopril?", AnswerStatus.Answered)]
    [InlineData("What medications is the patient on?", AnswerStatus.Answered)]
    public async Task Without_a_model_the_texts_change_no_answer(string question, AnswerStatus _)
    {
        var answer = await Answering.AskAsync(_record, question);
        var clean = await Answering.AskAsync(Without(_record), question);

        Assert.Equal(clean.Status, answer.Status);
        Assert.Equal(clean.Values.Select(value => value.GetRawText()), answer.Values.Select(value => value.GetRawText()));
        Assert.Equal(clean.Claims.Select(claim => claim.Text), answer.Claims.Select(claim => claim.Text));
        Assert.DoesNotContain('<', AnswerJson.ToText(answer));
    }

    [Fact]
    public void Names_and_displays_of_the_record_go_into_a_prompt_without_tokens_and_bounded()
    {
        foreach (var name in _record.Concepts.Entries.SelectMany(entry => entry.Names))
        {
            var shown = DisplayText.Bound(name);
            Assert.DoesNotMatch(ControlToken(), shown);
            Assert.InRange(shown.Length, 0, DisplayText.MostCharacters);
            Assert.DoesNotContain(shown, char.IsControl);
        }
    }

    private static void AssertHoldsNoText(string view)
    {
        Assert.DoesNotContain("otassium", view, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("^[-A-Za-z0-9{}\\[\\]\",:]*$", view);
        foreach (var word in InjectionCase.All.SelectMany(one => one.Forbidden).Where(word => word.Length > 4))
            Assert.DoesNotContain(word, view, StringComparison.OrdinalIgnoreCase);
    }

    private static void AssertIsMarkedQuote(Claim claim, string model)
    {
        Assert.True(claim.IsNoteDerived, model);
        Assert.StartsWith("From a note, not checked against the chart: ", claim.Text, StringComparison.Ordinal);
        Assert.EndsWith("”.", claim.Text, StringComparison.Ordinal);
        Assert.Equal(2, claim.Text.Count(c => c is '“' or '”'));
        Assert.DoesNotContain(claim.Text, char.IsControl);
        Assert.DoesNotMatch(ControlToken(), claim.Text);
        var json = System.Text.Encoding.UTF8.GetString(AnswerJson.ToUtf8(claim));
        Assert.Contains("\"noteDerived\":true", json, StringComparison.Ordinal);
        Assert.DoesNotContain('<', json);
    }

    /// <summary>The same chart without what the cases added.</summary>
    private static PatientRecord Without(PatientRecord record)
    {
        var kept = record.Resources.Where(resource => !resource.Key.Id.StartsWith("inject-", StringComparison.Ordinal))
            .Select(resource => new RawResource(resource.Key, resource.Version, System.Text.Encoding.UTF8.GetBytes(resource.Json.GetRawText()), null, null))
            .ToList();
        return Answering.Builder.Build(new RawRecord(record.Patient.Key, kept, [], record.Receipt));
    }

    [GeneratedRegex("<(start_of_turn|end_of_turn|unused|bos|eos|\\||/?[a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ControlToken();
}
