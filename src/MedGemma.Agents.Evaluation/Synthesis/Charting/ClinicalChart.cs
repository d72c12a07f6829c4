using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>One patient's chart while it is written: resources, the facts behind them, and what was planted on purpose. Not safe for concurrent use.</summary>
internal sealed class ClinicalChart
{
    private readonly ulong _seed;
    private readonly List<Resource> _resources = [];
    private readonly List<Fact> _facts = [];
    private readonly List<PlantedTrap> _traps = [];
    private SeedStream _stream;

    public ClinicalChart(ulong seed, Life life, bool urns)
    {
        _seed = seed;
        Life = life;
        Urns = urns;
        _stream = new SeedStream(seed, life.Number, "chart");
        Labs = new Laboratory(this);
        Orders = new Prescribing(this);
        Visits = new Visits(this);
        Problems = new ProblemList(this);
        Notes = new Notes(this);
    }

    public Life Life { get; }
    public bool Urns { get; }
    public Laboratory Labs { get; }
    public Prescribing Orders { get; }
    public Visits Visits { get; }
    public ProblemList Problems { get; }
    public Notes Notes { get; }
    public Staff Staff { get; set; } = null!;
    public Pcg32 Random => _stream.Random;
    public IReadOnlyList<Resource> Resources => _resources;
    public IReadOnlyList<Fact> Facts => _facts;
    public IReadOnlyList<PlantedTrap> Traps => _traps;

    /// <summary>The patient as a subject.</summary>
    public ResourceReference Subject => Point("Patient", Life.PatientId);

    /// <summary>Starts a part of the chart with random numbers and ids of its own.</summary>
    public void Enter(string part) => _stream = new SeedStream(_seed, Life.Number, part);

    public string NextId() => _stream.NextId();

    public T Add<T>(T resource)
        where T : Resource
    {
        resource.Id ??= NextId();
        _resources.Add(resource);
        return resource;
    }

    public void Know(Fact fact) => _facts.Add(fact.Recorded == default ? fact with { Recorded = fact.When } : fact);

    /// <summary>Corrects the fact noted last.</summary>
    public void Revise(Func<Fact, Fact> revision) => _facts[^1] = revision(_facts[^1]);

    public void Plant(string trap, Resource resource, string meaning) =>
        _traps.Add(new PlantedTrap(trap, Life.PatientId, Name(resource), meaning));

    public static string Name(Resource resource) => $"{resource.TypeName}/{resource.Id}";

    public ResourceReference To(Resource resource) => Point(resource.TypeName, resource.Id!);

    public ResourceReference Point(string type, string id) => new(Urns ? $"urn:uuid:{id}" : $"{type}/{id}");

    public (int Resources, int Facts, int Traps) Mark() => (_resources.Count, _facts.Count, _traps.Count);

    /// <summary>Takes back everything since a mark: a part that does not fit into the size asked for is left out whole.</summary>
    public void TakeBack((int Resources, int Facts, int Traps) mark)
    {
        _resources.RemoveRange(mark.Resources, _resources.Count - mark.Resources);
        _facts.RemoveRange(mark.Facts, _facts.Count - mark.Facts);
        _traps.RemoveRange(mark.Traps, _traps.Count - mark.Traps);
    }
}
