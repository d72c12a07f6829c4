using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Suites.Faults;

/// <summary>
/// A fault that is injected into a run. Whatever breaks, nothing wrong may be stated because of it: an item may be left open or fail, and no more.
/// </summary>
public sealed class InjectedFault
{
    private readonly Func<IRecordSource, IRecordSource>? _source;

    private InjectedFault(string name, Func<IRecordSource, IRecordSource>? source = null)
    {
        Name = name;
        _source = source;
    }

    /// <summary>No fault.</summary>
    public static InjectedFault None { get; } = new("none");

    /// <summary>A part of every resource type is missing, as when pages of a search are not followed, and the receipt says so.</summary>
    public static InjectedFault MissingPages { get; } = new("missing-pages", source => new MissingPagesSource(source));

    /// <summary>Every chart holds notes that give instructions to a model.</summary>
    public static InjectedFault InstructingNotes { get; } = new("notes-with-instructions", source => new InstructingNotesSource(source));

    /// <summary>No model can be reached while an item is put; the metered models see to it.</summary>
    public static InjectedFault ModelDown { get; } = new("model-down");

    /// <summary>Every fault.</summary>
    public static IReadOnlyList<InjectedFault> All { get; } = [MissingPages, InstructingNotes, ModelDown];

    /// <summary>Its name in run files.</summary>
    public string Name { get; }

    /// <summary>Whether it can touch anything that a run without it used: records where items are about patients, models where any was called.</summary>
    /// <param name="run">The run without it.</param>
    public bool Touches(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return this == ModelDown ? run.Results.Any(result => result.Tokens is not null) : run.Results.Any(result => result.Patient is not null);
    }

    /// <summary>A source with the fault.</summary>
    /// <param name="source">A sound source.</param>
    public IRecordSource Of(IRecordSource source) => _source?.Invoke(source) ?? source;
}
