using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedGemma.Agents.Evaluation.Synthesis.Output;

/// <summary>Writes synthetic patients to files, one resource at a time.</summary>
public sealed class FixtureWriter
{
    private static readonly JsonSerializerOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private readonly SynthesisOptions _options;
    private readonly FixtureFormat _format;

    /// <summary>Prepares a writer.</summary>
    /// <param name="options">What to make; its form of references is decided by <paramref name="format"/>.</param>
    /// <param name="format">How to write each patient.</param>
    public FixtureWriter(SynthesisOptions options, FixtureFormat format)
    {
        ArgumentNullException.ThrowIfNull(options);
        _format = format;
        _options = options with
        {
            References = format switch
            {
                FixtureFormat.Bundle => ReferenceForm.UrnUuid,
                FixtureFormat.Ndjson => ReferenceForm.Relative,
                _ => ReferenceForm.Alternating,
            },
        };
    }

    /// <summary>Writes one file a patient and <c>manifest.json</c>, which vouches that the charts are whole.</summary>
    /// <param name="folder">Where to; made when absent, files of the same names are replaced.</param>
    /// <param name="expected">Where <c>questions.jsonl</c> and <c>traps.jsonl</c> go, or null for neither.</param>
    /// <param name="written">Called after each patient with its number from 1.</param>
    /// <param name="cancellationToken">Cancels between resources; what is written stays.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write(string folder, string? expected, Action<int> written, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(written);
        Directory.CreateDirectory(folder);
        using var questions = Open(expected, "questions.jsonl");
        using var traps = Open(expected, "traps.jsonl");
        var number = 0;
        foreach (var patient in PatientSynthesizer.Generate(_options))
        {
            PatientFile.Write(folder, ++number, patient, cancellationToken);
            WriteEach(questions, patient.Questions);
            WriteEach(traps, patient.Traps);
            written(number);
        }

        File.WriteAllText(Path.Combine(folder, "manifest.json"), JsonSerializer.Serialize(Manifest(), Lines) + "\n");
    }

    private object Manifest() => new
    {
        complete = "all",
        generator = "medgemma fixtures generate",
        version = PatientSynthesizer.Version,
        seed = _options.Seed,
        patients = _options.Patients,
        resources = _options.TargetResources,
        asOf = _options.AsOf.ToString("yyyy-MM-dd"),
        format = _format.ToString().ToLowerInvariant(),
    };

    private static StreamWriter? Open(string? folder, string name)
    {
        if (folder is null)
            return null;

        Directory.CreateDirectory(folder);
        return new StreamWriter(Path.Combine(folder, name), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    private static void WriteEach<T>(StreamWriter? writer, IEnumerable<T> items)
    {
        foreach (var item in items)
            writer?.WriteLine(JsonSerializer.Serialize(item, Lines));
    }
}
