using MedGemma.Agents.Records.Sources;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.Suites.Faults;

/// <summary>
/// A fault that is injected into a run. Whatever breaks, nothing wrong may be stated because of it: an item may be left open or fail, and no more.
/// </summary>
public sealed class InjectedFault
{
    private readonly Func<IRecordSource, IRecordSource>? _source;
    private readonly Func<IChatClient, IChatClient>? _model;

    private InjectedFault(string name, Func<IRecordSource, IRecordSource>? source = null, Func<IChatClient, IChatClient>? model = null)
    {
        Name = name;
        _source = source;
        _model = model;
    }

    /// <summary>No fault.</summary>
    public static InjectedFault None { get; } = new("none");

    /// <summary>A part of every resource type is missing, as when pages of a search are not followed, and the receipt says so.</summary>
    public static InjectedFault MissingPages { get; } = new("missing-pages", source: source => new MissingPagesSource(source));

    /// <summary>Every chart holds notes that give instructions to a model.</summary>
    public static InjectedFault InstructingNotes { get; } = new("notes-with-instructions", source: source => new InstructingNotesSource(source));

    /// <summary>The model cannot be reached.</summary>
    public static InjectedFault ModelDown { get; } = new("model-down", model: client => new UnreachableModel(client));

    /// <summary>Every fault.</summary>
    public static IReadOnlyList<InjectedFault> All { get; } = [MissingPages, InstructingNotes, ModelDown];

    /// <summary>Its name in run files.</summary>
    public string Name { get; }

    /// <summary>Whether it touches records.</summary>
    public bool IsOfRecords => _source is not null;

    /// <summary>Whether it touches the model.</summary>
    public bool IsOfModels => _model is not null;

    /// <summary>A source with the fault.</summary>
    /// <param name="source">A sound source.</param>
    public IRecordSource Of(IRecordSource source) => _source?.Invoke(source) ?? source;

    /// <summary>A model with the fault.</summary>
    /// <param name="client">A sound model.</param>
    public IChatClient Of(IChatClient client) => _model?.Invoke(client) ?? client;
}
