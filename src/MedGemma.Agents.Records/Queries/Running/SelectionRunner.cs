using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Finds what a selection matches, through the narrowest of the index's timelines.</summary>
internal sealed class SelectionRunner(IConceptResolver resolver, IUnitConverter units)
{
    /// <summary>Runs a selection.</summary>
    public Selected Run(PatientRecord record, RecordSelection selection, QueryContext context)
    {
        var selected = new Selected();
        if (selection.Kinds.Count == 0)
        {
            selected.Problem = new QueryProblem("invalid-query", "The selection names no kind; name at least one.");
            return selected;
        }

        if (selection is { CurrentInWindow: true } && !(selection.Window is { From: not null, Until: not null } && selection.Kinds.All(IsOfMedicines)))
        {
            selected.Problem = new QueryProblem("invalid-query", "What was being taken at a time is asked of medicines, in a window with a beginning and an end.");
            return selected;
        }

        var index = RecordIndex.Of(record);
        AddTypes(record, index, selection, selected);
        if (SourcesOf(record, index, selection, selected) is not { } sources)
            return selected;

        var isOfCultures = selection is { Kinds: [RecordKind.Susceptibility], Window: not null, BeganInWindow: false };
        var bounds = new SelectionBounds(isOfCultures ? selection with { Window = null } : selection, context, record.Receipt.ReadAt);
        var filters = new FindingFilters(record, index, selection, resolver, units, context);
        if (filters.Problem is { } problem)
        {
            selected.Problem = problem;
            return selected;
        }

        Take(sources, bounds, filters, selection.NotCounted, selected);
        if (isOfCultures)
            selected.Findings.RemoveAll(finding => !SusceptibilityTimes.IsIn(selection.Window!, record, finding));

        // Nothing of that name was there, but something that is called almost so.
        if (selection.Setting.Count > 0 && selected.Findings.Count == 0 && LeftThere(record, index, bounds, filters, selected.Matches) is { } other)
            selected.Undetermined ??= $"Nothing by exactly that name is recorded there, but '{other}' is; ask for it by its name.";
        if (selection.WithinDaysOfPrevious is { } days)
            Readmissions.Keep(selected, Stays(selection, index, context), days);
        if (selection is { Encounter: not null, Concepts.Count: 0, Codes.Count: 0 } && selected.Findings.Count == 0)
            NoteStrays([.. selection.Kinds.Select(index.WithoutEncounter)], bounds, filters, selected);
        if (selection.IsOfCurrent && !record.Receipt.IsComplete("Encounter") && selected.Findings.Exists(finding => EndsWithUnseenStay(record, finding)))
            selected.Missing.Add("Encounter");
        filters.Report(selected);
        return selected;
    }

    /// <summary>The name of something that fulfils all of the selection but its name, and whose name says more words than were asked for; null when there is none.</summary>
    private static string? LeftThere(PatientRecord record, RecordIndex index, SelectionBounds bounds, FindingFilters filters, List<ConceptMatch> matches)
    {
        foreach (var entry in record.Concepts.Entries)
        {
            if (!matches.Exists(match => match.Left.Any(left => left.StartsWith(entry.Name, StringComparison.Ordinal)) && PhraseText.Tokens(match.Asked).All(PhraseText.Tokens(entry.Name).Contains)))
                continue;

            var found = new List<Finding>();
            Collect(index.OfConcept(entry).Counting, bounds, found, includeUndated: !bounds.IsWindow);
            if (found.Exists(finding => bounds.Existed(finding) && bounds.Began(finding) && filters.IsOf(finding)))
                return entry.Name;
        }

        return null;
    }

    /// <summary>An order may have ended with the stay that it was made for.</summary>
    private static bool EndsWithUnseenStay(PatientRecord record, Finding finding) =>
        finding.Resource is { Key.Type: "MedicationRequest", Encounter: { } stay } && !record.TryFollow(stay.ToString(), out _);

    private static void AddTypes(PatientRecord record, RecordIndex index, RecordSelection selection, Selected selected)
    {
        foreach (var type in selection.Kinds.SelectMany(kind => KindTypes.Of(kind, record)))
            selected.Types.Add(type);
        foreach (var type in selected.Types.Concat(selection.RestsOn.Concat(selection.Setting).SelectMany(kind => KindTypes.Of(kind, record))).Where(type => !record.Receipt.IsComplete(type)))
            selected.Missing.Add(type);

        var isNamed = selection.Concepts.Count + selection.Codes.Count > 0;
        if (isNamed && selected.Types.Any(type => type.StartsWith("Medication", StringComparison.Ordinal)) && index.HasUnknownMedications)
            selected.Missing.Add("Medication");
    }

    /// <summary>The timelines to look through, or null when the selection cannot be run.</summary>
    private List<Timelines>? SourcesOf(PatientRecord record, RecordIndex index, RecordSelection selection, Selected selected)
    {
        if (selection.Concepts.Count > 0)
            return OfConcepts(record, index, selection, selected);

        selected.IsOneConcept = selection.Codes.Count > 0;
        if (selection.Codes.Count > 0)
        {
            return [.. selection.Codes.Select(code => code[(code.LastIndexOf('|') + 1)..]).SelectMany(index.WithCode).Distinct().Select(index.OfConcept)];
        }

        if (selection.Encounter is not null && ResourceKey.TryParse(selection.Encounter, out var encounter))
            return [.. index.WithParts(encounter).Select(index.OfEncounter)];

        return [.. selection.Kinds.Distinct().Select(kind => kind == RecordKind.Patient
            ? Timelines.Of([Findings.Whole(record.Patient)])
            : index.OfKind(kind))];
    }

    private List<Timelines>? OfConcepts(PatientRecord record, RecordIndex index, RecordSelection selection, Selected selected)
    {
        var entries = new List<ConceptEntry>();
        string? unknown = null;
        string? hidden = null;
        foreach (var words in selection.Concepts)
        {
            var resolved = resolver.Resolve(record, words, selection.Kinds);
            if (!resolved.Entries.IsEmpty)
            {
                selected.Matches.Add(resolved.Match);
                entries.AddRange(resolved.Entries);
                continue;
            }

            selected.Matches.Add(resolved.IsKnown ? resolved.Match : resolved.Match with { How = "none" });
            if (!resolved.IsKnown)
                unknown ??= words;
            if (resolved.MayBeHidden)
                hidden ??= words;
        }

        if (entries.Count == 0 && hidden is not null)
        {
            selected.Problem = new QueryProblem(
                "hidden-concept", $"'{hidden}' is not found among what was asked for, but it may be there: it is spelt like another name, stands for another sort of thing, or bare codes hide it; check the spelling or give the code.");
            return null;
        }

        if (entries.Count == 0 && unknown is not null)
        {
            var isProvable = selected.Missing.Count == 0 && !selected.Matches.Exists(match => match.Ambiguous);
            if (!isProvable)
            {
                selected.Problem = new QueryProblem(
                    "unknown-concept", $"'{unknown}' is not known and stands nowhere in what was supplied; name it as the record does, or give its code.");
                return null;
            }

            selected.Notes.Add($"'{unknown}' is not in the vocabulary; no name or code in the record says it.");
        }

        selected.IsOneConcept = selection.Concepts.Count == 1 && selected.Matches.TrueForAll(IsOneThing)
            && (selected.Matches.TrueForAll(match => match.How is "code" or "synonym") || entries.Select(entry => entry.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1);
        return [.. entries.Distinct<ConceptEntry>(ReferenceEqualityComparer.Instance).Select(index.OfConcept)];
    }

    private static bool IsOneThing(ConceptMatch match) => match.How != "class" && !match.Ambiguous;

    private static List<Finding> Stays(RecordSelection selection, RecordIndex index, QueryContext context)
    {
        var stays = new List<Finding>();
        foreach (var kind in selection.Kinds.Distinct())
            index.OfKind(kind).Counting.Collect(long.MinValue, context.AsOf.UtcTicks + 1, stays);
        return stays;
    }

    private static bool IsOfMedicines(RecordKind kind) =>
        kind is RecordKind.Medication or RecordKind.MedicationRequest or RecordKind.MedicationStatement or RecordKind.MedicationAdministration or RecordKind.MedicationDispense;

    private static void Take(List<Timelines> sources, SelectionBounds bounds, FindingFilters filters, IReadOnlyList<string> notCounted, Selected selected)
    {
        var seen = sources.Count > 1 ? new HashSet<(ResourceKey, int)>() : null;
        var (taken, never) = (new List<Finding>(), new List<Finding>());
        foreach (var source in sources)
        {
            if (notCounted.Count == 0)
                Collect(source.Counting, bounds, taken, includeUndated: !bounds.IsWindow);
            Collect(source.Never, bounds, never, includeUndated: !bounds.IsWindow);
        }

        if (notCounted.Count > 0)
        {
            // What was entered in error is none of them, whatever else it says.
            never.RemoveAll(finding => !finding.Resource.Labels.Any(label => notCounted.Contains(label, StringComparer.OrdinalIgnoreCase)));
            taken = never.FindAll(finding => notCounted.Contains("entered in error", StringComparer.OrdinalIgnoreCase) || !finding.Resource.Labels.Contains("entered in error"));
            never.RemoveAll(taken.Contains);
        }

        taken.AddRange(never.Where(filters.AsksForThatNeverCounts));
        never.RemoveAll(filters.AsksForThatNeverCounts);
        foreach (var finding in taken.SelectMany(filters.Expand))
        {
            if (bounds.Existed(finding) && bounds.HoldsDate(finding) && bounds.Began(finding) && (seen is null || seen.Add((finding.Resource.Key, finding.Part))) && filters.Admit(finding))
                selected.Findings.Add(finding);
        }

        if (selected.Findings.Where(bounds.MayBeOfLater).DistinctBy(finding => finding.Resource.Key).Count() is > 0 and var undatedPlans)
            selected.Notes.Add($"When they were made is not recorded, and may be after the time of the question: {undatedPlans}.");
        if (sources.Count > 1 || selected.Findings.Exists(filters.AsksForThatNeverCounts))
        {
            DropPartsOfTaken(selected.Findings);
            selected.OrderByTime();
        }

        NoteNever(never.Where(finding => bounds.Existed(finding) && bounds.HoldsDate(finding) && bounds.Began(finding) && filters.IsOf(finding)).DistinctBy(finding => finding.Resource.Key).ToList(), selected);
        if (bounds.IsWindow)
            NoteUndated(sources, bounds, filters, selected);
    }

    private static void Collect(Timeline timeline, SelectionBounds bounds, List<Finding> into, bool includeUndated)
    {
        timeline.Collect(bounds.From, timeline.HasPlans ? bounds.Until : bounds.UntilNow, into);
        if (includeUndated)
            into.AddRange(timeline.Undated);
        else
            into.AddRange(timeline.Undated.Where(finding => finding.Resource.Key.Type == "Patient"));
    }

    /// <summary>A panel taken as a whole is not also taken by its components.</summary>
    private static void DropPartsOfTaken(List<Finding> findings)
    {
        var whole = findings.Where(finding => finding.Part < 0).Select(finding => finding.Resource.Key).ToHashSet();
        findings.RemoveAll(finding => finding.Part >= 0 && finding.Resource.Key.Type == "Observation" && whole.Contains(finding.Resource.Key));
    }

    private static void NoteNever(List<Finding> never, Selected selected)
    {
        if (never.Count == 0)
            return;

        var reasons = never.GroupBy(finding => finding.Resource.Labels.FirstOrDefault() ?? finding.Resource.Status ?? "status", StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .Select(group => $"{group.Key}: {group.Count()}");
        selected.Notes.Add($"Not counted because of their status: {never.Count} ({string.Join(", ", reasons)}).");
    }

    private static void NoteStrays(List<Timelines> strays, SelectionBounds bounds, FindingFilters filters, Selected selected)
    {
        var found = new List<Finding>();
        foreach (var stray in strays)
            Collect(stray.Counting, bounds, found, includeUndated: true);
        if (found.Exists(finding => bounds.Existed(finding) && filters.IsOfAnyEncounter(finding)))
            selected.Undetermined ??= "What would match names no encounter, so it cannot be said whether it belongs to this one; ask by its dates.";
    }

    private static void NoteUndated(List<Timelines> sources, SelectionBounds bounds, FindingFilters filters, Selected selected)
    {
        var undated = sources.SelectMany(source => source.Counting.Undated)
            .Any(finding => finding.Resource.Key.Type != "Patient" && bounds.Existed(finding) && filters.IsOf(finding));
        if (!undated)
            return;

        selected.Notes.Add("Some that would match have no recorded time and cannot be placed in the window.");
        selected.Undetermined ??= "What would match has no recorded time, so it cannot be said whether it lies in the window.";
    }
}
