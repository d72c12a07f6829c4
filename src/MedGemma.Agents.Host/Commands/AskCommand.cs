using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma ask</c>: one question about one patient, answered from files or from the store.</summary>
internal static class AskCommand
{
    /// <summary>Creates the verb.</summary>
    /// <param name="services">Makes the services of one run from settings by configuration key.</param>
    /// <param name="error">Where problems of the files are listed.</param>
    public static Command Create(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services, TextWriter error)
    {
        var question = new Argument<string>("question") { Description = "The question, in English." };
        var patient = new Option<string>("--patient") { Description = "Logical id of the patient, or an identifier that only one patient has.", Required = true };
        var asOf = new Option<string?>("--as-of") { Description = "The instant of the question, ISO 8601; nothing recorded later exists for it. Default: now." };
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON." };
        var role = RoleOption.Create();
        var planner = PlannerOption.Create();
        var source = new SourceOptions();
        var command = new Command("ask", "Answers one question about one patient.") { question, patient, asOf, json, role, planner };
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var provider = services(PlannerOption.Settings(parsed.GetValue(planner)));
            var records = await source.OpenAsync(parsed, provider, error, cancellationToken).ConfigureAwait(false);
            var patientId = await new AuditedAccess(source, parsed, provider, AuditAction.AskByCommand)
                .FindPatientAsync(records, parsed.GetRequiredValue(patient), cancellationToken).ConfigureAwait(false);
            var raw = await records.ReadAsync(patientId, cancellationToken).ConfigureAwait(false)
                ?? throw new CommandRefusedException("no such patient in what was read");
            var record = provider.GetRequiredService<IRecordBuilder>().Build(raw);
            var zone = provider.GetRequiredService<IOptions<MedGemmaOptions>>().Value.GetZone();
            var instant = AskedInstant.Read(parsed.GetValue(asOf), record, provider.GetRequiredService<TimeProvider>(), zone);
            var answer = await provider.GetRequiredService<IQuestionAnswerer>()
                .AnswerAsync(record, new ChartQuestion(parsed.GetRequiredValue(question), instant, parsed.GetValue(role), []), null, cancellationToken)
                .ConfigureAwait(false);

            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                await output.WriteLineAsync(AnswerJson.ToText(answer)).ConfigureAwait(false);
            else
                AnswerPrinter.Print(answer, output);
            return ExitCode.Done;
        });
        return command;
    }
}
