using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Importing;

/// <summary>One import under way: hands what is read to the store, counts, and publishes a batch when it is full.</summary>
internal sealed class ImportRun(StoreWriter writer, Supply supply, Action<ReadProblem>? onProblem, int batchSize)
{
    private Counts _counts;
    private Counts _countsBeforeBundle;
    private bool _isInBundle;
    private bool _isBundleSpoiled;
    private int _inBatch;

    public long Read => _counts.Read;

    public long Refused { get; private set; }

    public void Take(ReadItem item)
    {
        switch (item)
        {
            case BundleBegin:
                writer.BeginBundle();
                _countsBeforeBundle = _counts;
                _isInBundle = true;
                _isBundleSpoiled = false;
                break;
            case BundleEnd end:
                var isTaken = end.IsWhole && !_isBundleSpoiled;
                writer.EndBundle(isTaken);
                if (!isTaken)
                    _counts = _countsBeforeBundle;
                _isInBundle = false;
                PublishWhenFull();
                break;
            case ReadProblem problem:
                Refuse(problem);
                break;
            case ReadResource resource:
                Put(resource);
                break;
        }
    }

    /// <summary>Resolves what is left and says what the whole supply proves.</summary>
    public CompleteTypes Complete()
    {
        writer.Commit();
        foreach (var problem in writer.ResolvePending())
            Refuse(problem);

        var manifests = new List<ReadProblem>();
        var proved = supply.Prove(manifests);
        manifests.ForEach(Refuse);
        return proved;
    }

    public ImportSummary Summarise(long patientsWithoutResource, TimeSpan elapsed) =>
        new(_counts.Read, _counts.Added, _counts.Updated, _counts.Unchanged, Refused, patientsWithoutResource, elapsed);

    private void Put(ReadResource resource)
    {
        supply.Count(resource);
        var outcome = writer.Put(resource);
        if (outcome == PutOutcome.AnotherPerson)
        {
            _isBundleSpoiled = _isInBundle;
            var consequence = _isInBundle ? "; nothing of the bundle was taken" : "; it was not taken";
            Refuse(new ReadProblem(resource.Position, "is another person than the Patient of the same id in the store: no name, birth date or identifier in common" + consequence, "Patient"));
            return;
        }

        _counts = _counts.With(outcome);
        if (outcome == PutOutcome.Contradicts)
        {
            var type = resource.Resource.Key.Type;
            Refuse(new ReadProblem(resource.Position, $"contradicts the store: the same version with other content (type {type})", type));
        }

        _inBatch++;
        if (!_isInBundle)
            PublishWhenFull();
    }

    private void Refuse(ReadProblem problem)
    {
        Refused++;
        supply.Count(problem);
        onProblem?.Invoke(problem);
    }

    private void PublishWhenFull()
    {
        if (_inBatch < batchSize)
            return;

        writer.Commit();
        _inBatch = 0;
    }

    private readonly record struct Counts(long Added, long Updated, long Unchanged, long Contradicting)
    {
        public long Read => Added + Updated + Unchanged + Contradicting;

        public Counts With(PutOutcome outcome) => outcome switch
        {
            PutOutcome.Added => this with { Added = Added + 1 },
            PutOutcome.Updated => this with { Updated = Updated + 1 },
            PutOutcome.Unchanged => this with { Unchanged = Unchanged + 1 },
            _ => this with { Contradicting = Contradicting + 1 },
        };
    }
}
