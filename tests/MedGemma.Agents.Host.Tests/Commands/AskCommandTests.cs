using System.Text.Json;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class AskCommandTests : IDisposable
{
    private const string Chart =
        """
        {"resourceType":"Bundle","type":"collection","entry":[
        {"resource":{"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1950-02-03"}},
        {"resource":{"resourceType":"Observation","id":"o1","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}]},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2024-01-01T08:00:00+01:00","valueQuantity":{"value":4.1,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-ask-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_answer_comes_first_then_its_numbered_evidence()
    {
        var (exit, output, error) = await RunAsync("ask", "--patient", "p1", "--data", Write("chart.json", Chart), "What is the latest potassium?");

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.StartsWith("The latest supplied laboratory result of potassium: Potassium: 4.1 mmol/L", output, StringComparison.Ordinal);
        Assert.Contains("Status: unsure beyond what was supplied (--complete Observation declares it complete).", output, StringComparison.Ordinal);
        Assert.Contains("[1] Observation/o1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_is_printed_as_people_write_it_without_escapes_and_control_characters()
    {
        var chart = Chart.Replace("\"display\":\"Potassium\"", "\"display\":\"Potassium \\u002B\\u001B[2J\"", StringComparison.Ordinal);

        var (_, output, _) = await RunAsync("ask", "--patient", "p1", "--data", Write("chart.json", chart), "What labs were done?");

        Assert.Contains("= \"Potassium + [2J\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', output);
    }

    [Fact]
    public async Task Json_has_native_values_and_the_time_as_recorded()
    {
        var (_, output, _) = await RunAsync("ask", "--patient", "p1", "--json", "--data", Write("chart.json", Chart), "--complete", "all", "--", "What is the latest potassium?");

        var answer = JsonDocument.Parse(output).RootElement;
        Assert.Equal("answered", answer.GetProperty("status").GetString());
        Assert.Equal(4.1m, answer.GetProperty("values")[0].GetDecimal());
        Assert.Equal("2024-01-01T08:00:00+01:00", answer.GetProperty("claims")[0].GetProperty("evidence")[0].GetProperty("time").GetString());
    }

    [Fact]
    public async Task Without_a_complete_type_absence_is_not_supplied_and_with_it_none_is_recorded()
    {
        var chart = Write("chart.json", Chart);

        var (_, unknown, _) = await RunAsync("ask", "--patient", "p1", "--json", "--data", chart, "Any sodium?");
        var (_, none, _) = await RunAsync("ask", "--patient", "p1", "--json", "--data", chart, "--complete", "all", "--", "Any sodium?");

        Assert.Equal("unsure", JsonDocument.Parse(unknown).RootElement.GetProperty("status").GetString());
        Assert.Equal("none_recorded", JsonDocument.Parse(none).RootElement.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(ExitCode.RefusedOrFailed, "--data: nowhere does not exist", "--patient", "p1", "--data", "nowhere")]
    [InlineData(ExitCode.RefusedOrFailed, "--patient: no patient has that id or identifier", "--patient", "p2", "--data", "CHART")]
    [InlineData(ExitCode.WrongUsage, "--as-of: 'tomorrow' is not an ISO 8601 instant such as 2180-08-10T22:48:00-04:00 or 2180-08-10", "--patient", "p1", "--data", "CHART", "--as-of", "tomorrow")]
    [InlineData(ExitCode.WrongUsage, "--complete: 'Nonsense' is not a FHIR R4 resource type, nor 'all'", "--patient", "p1", "--data", "CHART", "--complete", "Nonsense")]
    public async Task What_is_wrong_is_said_in_one_line(int exit, string line, params string[] arguments)
    {
        var chart = Write("chart.json", Chart);

        var (code, output, error) = await RunAsync(["ask", .. arguments.Select(argument => argument == "CHART" ? chart : argument), "--", "What is the gender?"]);

        Assert.Equal((exit, ""), (code, output));
        Assert.Equal($"medgemma: {line}", error.TrimEnd());
    }

    [Fact]
    public async Task Problems_of_files_found_in_a_folder_are_counted_and_none_is_named()
    {
        Write("chart.json", Chart);
        for (var i = 0; i < 15; i++)
            Write($"bad-{i:00}.json", "{");

        var (exit, _, error) = await RunAsync("ask", "--patient", "p1", "--data", _folder, "--", "What is the gender?");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal("medgemma: 15 lines, entries or files of --data could not be read or taken; 'medgemma import' lists them", error.TrimEnd());
    }

    [Fact]
    public async Task Problems_of_a_named_file_are_listed_up_to_ten()
    {
        var chart = Write("chart.json", Chart);
        var bad = Write("bad.ndjson", string.Join('\n', Enumerable.Repeat("{", 12)));

        var (exit, _, error) = await RunAsync("ask", "--patient", "p1", "--data", chart, bad, "--", "What is the gender?");

        Assert.Equal(ExitCode.Done, exit);
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(11, lines.Length);
        Assert.StartsWith($"medgemma: {bad}, line 1: ", lines[0], StringComparison.Ordinal);
        Assert.Equal("medgemma: 2 lines, entries or files of --data could not be read or taken; 'medgemma import' lists them", lines[^1]);
    }

    [Fact]
    public async Task A_defect_ends_with_one_line_that_quotes_nothing_of_the_record()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exit = await MedGemmaCommandLine.RunAsync(
            ["ask", "--patient", "p1", "--data", Write("chart.json", Chart), "What is the gender?"], BuildWithDefect, output, error);

        Assert.Equal(ExitCode.RefusedOrFailed, exit);
        Assert.Equal(
            "medgemma: failed by a defect of its own: InvalidOperationException in MedGemma.Agents.Host.Tests.Commands.AskCommandTests+Defect.AnswerAsync",
            error.ToString().TrimEnd());
    }

    private static ServiceProvider BuildWithDefect(IReadOnlyDictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddOptions<MedGemmaOptions>();
        services.AddQuestionAnswering();
        services.AddSingleton<IQuestionAnswerer, Defect>();
        return services.BuildServiceProvider();
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await MedGemmaCommandLine.RunAsync(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private sealed class Defect : IQuestionAnswerer
    {
        public Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("female, born 1950-02-03");
    }
}
