using System.Runtime.InteropServices;
using System.Text.Json;
using MedGemma.Agents.Records.Building.Families;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Building;

/// <summary>Makes a record of raw JSON in one pass over each resource. Safe for concurrent use.</summary>
/// <param name="zone">Zone in which dates without a time are whole days.</param>
/// <param name="vocabulary">What codes and names mean, for Observations whose category does not say what they are.</param>
public sealed class RecordBuilder(TimeZoneInfo zone, ConceptVocabulary vocabulary) : IRecordBuilder
{
    /// <summary>Makes a builder with the embedded vocabulary.</summary>
    /// <param name="zone">Zone in which dates without a time are whole days.</param>
    public RecordBuilder(TimeZoneInfo zone)
        : this(zone, ConceptVocabulary.BuiltIn)
    {
    }

    /// <inheritdoc/>
    public PatientRecord Build(RawRecord raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var scope = new BuildScope(zone, vocabulary);
        var own = Parse(raw.Resources, scope);
        var supporting = Parse(raw.Supporting, scope);
        SubjectCheck.Demand(raw.Patient, own, supporting, scope);
        scope.FindDateOnlySources(own);

        var draft = new ResourceDraft();
        var resources = new List<RecordResource>(own.Count);
        var byReference = new Dictionary<string, RecordResource>(own.Count * 2 + supporting.Count, StringComparer.Ordinal);
        var unplaced = new List<(int Own, int At)>();
        RecordResource? patient = null;

        // Encounters lend their times and kinds to the rest, so they are read first.
        for (var i = 0; i < own.Count; i++)
        {
            var (resource, json) = own[i];
            if (resource.Key.Type == "Encounter")
                Register(Read(draft, resource, json, i, scope), resource, byReference, resources);
        }

        for (var i = 0; i < own.Count; i++)
        {
            var (resource, json) = own[i];
            if (resource.Key.Type == "Encounter")
                continue;

            var read = Read(draft, resource, json, i, scope);
            Register(read, resource, byReference, resources);
            if (UncategorisedObservations.IsUnplaced(read))
                unplaced.Add((i, resources.Count - 1));
            if (resource.Key == raw.Patient)
                patient = read;
        }

        // Of what kind the others of its code are is known only now.
        foreach (var (i, at) in unplaced.Where(place => scope.Uncategorised.HasSiblings(resources[place.At])))
        {
            resources[at] = Read(draft, own[i].Raw, own[i].Json, i, scope);
            Register(resources[at], own[i].Raw, byReference, null);
        }

        var beside = new List<RecordResource>(supporting.Count);
        for (var i = 0; i < supporting.Count; i++)
            Register(Read(draft, supporting[i].Raw, supporting[i].Json, own.Count + i, scope), supporting[i].Raw, byReference, beside);

        if (patient is null)
            throw new InvalidDataException("The source supplied no Patient resource for the patient that was asked for.");

        resources.Sort(RecordOrder.Instance);
        var ordered = ImmutableCollectionsMarshal.AsImmutableArray(resources.ToArray());
        var facts = PatientReading.Read(patient.Json, scope);
        var receipt = raw.Receipt with { Elsewhere = [.. facts.OtherRecords.Select(link => link.Other)] };
        return new PatientRecord(patient, ordered, [.. beside], KindIndexing.Of(ordered), byReference, facts, zone, [.. scope.Restrictions], receipt);
    }

    private static List<(RawResource Raw, JsonElement Json)> Parse(IReadOnlyList<RawResource> resources, BuildScope scope)
    {
        var parsed = new List<(RawResource, JsonElement)>(resources.Count);
        var at = new Dictionary<ResourceKey, int>(resources.Count);
        foreach (var raw in resources)
        {
            var json = JsonElement.Parse(raw.Json.Span);
            if (at.TryAdd(raw.Key, parsed.Count))
                parsed.Add((raw, json));
            else if (!(parsed[at[raw.Key]].Item1.LastUpdated > raw.LastUpdated))
                parsed[at[raw.Key]] = (raw, json);
            else
                continue;

            scope.Add(raw, json);
        }

        return parsed;
    }

    private static void Register(RecordResource resource, RawResource raw, Dictionary<string, RecordResource> byReference, List<RecordResource>? resources)
    {
        byReference[resource.Key.ToString()] = resource;
        if (raw.FullUrl is not null)
            byReference[raw.FullUrl] = resource;

        resources?.Add(resource);
    }

    private static RecordResource Read(ResourceDraft draft, RawResource raw, JsonElement json, int position, BuildScope scope)
    {
        draft.Load(raw, json, TypeShapes.Of(raw.Key.Type));
        draft.Concept = ConceptReading.Read(draft, scope);
        draft.Categories = CategoriesOf(draft, scope.Pool);
        draft.Encounter = EncounterOf(draft, scope);
        TimeReading.Read(draft, scope);
        StandingReading.Read(draft, scope.Pool);
        KindRules.Classify(draft, scope);
        Refine(draft, scope);
        StandingReading.ReadHidden(draft, scope.Pool);
        scope.CollectRestrictions(draft[Slots.Meta]);
        return new RecordResource
        {
            Key = raw.Key,
            Version = raw.Version,
            Json = json,
            Position = position,
            Kinds = scope.KindsOf(draft.Kinds),
            Concept = draft.Concept,
            Parts = [.. draft.Parts],
            Categories = ImmutableCollectionsMarshal.AsImmutableArray(draft.Categories),
            When = draft.When,
            WhenText = draft.WhenText,
            WhenPath = draft.WhenPath,
            WhenHolder = draft.WhenHolder,
            IsState = draft.IsState,
            RecordedAt = draft.RecordedAt,
            Encounter = draft.Encounter,
            Status = draft.Status,
            Standing = draft.Standing,
            Labels = [.. draft.Labels],
        };
    }

    private static void Refine(ResourceDraft draft, BuildScope scope)
    {
        switch (draft.Key.Type)
        {
            case "Encounter":
                scope.Encounters[draft.Key] = new EncounterFacts(
                    draft.When is { Start: { } start } ? new Time.TimeInterval(start, start.AddTicks(1)) : null,
                    draft.WhenText,
                    draft.HasKind(RecordKind.IcuStay));
                break;
            case "Observation":
                ObservationFamily.Refine(draft, scope.Pool);
                break;
            case "Condition":
                ConditionFamily.RefineCondition(draft, scope);
                TimeReading.Lend(draft, scope);
                TimeReading.FallBackToRecorded(draft, scope);
                break;
            case "ImagingStudy":
                ObservationFamily.RefineImaging(draft, scope.Pool);
                break;
            case "FamilyMemberHistory":
                ConditionFamily.RefineFamilyHistory(draft, scope.Pool);
                break;
            case "MedicationAdministration":
                MedicationFamily.RefineAdministration(draft, scope);
                break;
            case "MedicationRequest":
                TimeReading.Lend(draft, scope);
                break;
        }
    }

    private static Coding[] CategoriesOf(ResourceDraft draft, ConceptPool pool)
    {
        var first = IsListOfCodes(draft[Slots.Category])
            ? [.. draft[Slots.Category].EnumerateArray().Select(code => new Coding(null, pool.Text(code), null))]
            : pool.ReadAll(draft[Slots.Category]);
        var second = draft[Slots.Category + 1];
        return second.ValueKind == JsonValueKind.Undefined ? first : [.. first, .. pool.ReadAll(second)];
    }

    // AllergyIntolerance.category is a list of codes, not of concepts.
    private static bool IsListOfCodes(JsonElement category) =>
        category.ValueKind == JsonValueKind.Array && category.GetArrayLength() > 0 && category.EnumerateArray().All(code => code.ValueKind == JsonValueKind.String);

    private static ResourceKey? EncounterOf(ResourceDraft draft, BuildScope scope)
    {
        var holder = draft[Slots.Encounter];

        // A claim bills items, each of its encounters.
        if (holder.ValueKind == JsonValueKind.Array && draft.Key.Type is "Claim" or "ExplanationOfBenefit")
            holder = holder.EnumerateArray().FirstOrDefault();

        // DocumentReference.context holds a list of encounters and other events.
        if (holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty("encounter"u8, out var inner))
            holder = inner.ValueKind == JsonValueKind.Array && inner.GetArrayLength() > 0 ? inner[0] : inner;

        return scope.Resolve(holder) is { Type: "Encounter" } key ? key : null;
    }
}
