using System.Collections.Concurrent;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Running;

/// <summary>Holds each patient's record from the first question about the patient to the last, reading it once. Safe for concurrent use.</summary>
internal sealed class RecordShelf
{
    private readonly IRecordSource _source;
    private readonly IRecordBuilder _builder;
    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Prepares a place for each patient that is asked about.</summary>
    /// <param name="source">Where records come from.</param>
    /// <param name="builder">Makes records of what the source supplies.</param>
    /// <param name="patients">The patient of every question of the run.</param>
    /// <param name="cancellationToken">Cancels the reads; they are shared by questions and outlive each one.</param>
    public RecordShelf(
        IRecordSource source, IRecordBuilder builder, IEnumerable<string> patients, CancellationToken cancellationToken)
    {
        _source = source;
        _builder = builder;
        foreach (var patient in patients.CountBy(patient => patient, StringComparer.Ordinal))
        {
            var id = patient.Key;
            _places[id] = new Place(patient.Value, new Lazy<Task<LoadedRecord>>(() => LoadAsync(id, cancellationToken)));
        }
    }

    /// <summary>The record of a patient that is asked about.</summary>
    /// <param name="patient">Logical id of the Patient resource.</param>
    public Task<LoadedRecord> TakeAsync(string patient) => _places[patient].Record.Value;

    /// <summary>Says that one question about a patient is done; after the last one the record leaves memory.</summary>
    /// <param name="patient">Logical id of the Patient resource.</param>
    public void Return(string patient)
    {
        if (_places[patient].IsDone())
            _places.TryRemove(patient, out _);
    }

    private async Task<LoadedRecord> LoadAsync(string patient, CancellationToken cancellationToken)
    {
        var raw = await _source.ReadAsync(patient, cancellationToken).ConfigureAwait(false);
        if (raw is null)
            return new LoadedRecord(null, "The data does not hold this patient.");

        try
        {
            return new LoadedRecord(_builder.Build(raw), null);
        }
        catch (InvalidDataException)
        {
            return new LoadedRecord(null, "The data mixes another patient's resources into this record, so it is not used.");
        }
    }

    private sealed class Place(int questions, Lazy<Task<LoadedRecord>> record)
    {
        private int _open = questions;

        public Lazy<Task<LoadedRecord>> Record { get; } = record;

        public bool IsDone() => Interlocked.Decrement(ref _open) == 0;
    }
}
