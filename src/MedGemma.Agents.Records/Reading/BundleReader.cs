using System.Text.Json;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Reads what is inside a bundle: its resources, the bundles inside it, its problems.</summary>
internal static class BundleReader
{
    public static IEnumerable<ReadItem> Read(ByteWindow window, ReadPosition position)
    {
        yield return new BundleBegin(position);
        var bundle = new BundleStream(window);
        var patients = new Dictionary<string, ResourceKey>(StringComparer.Ordinal);
        while (bundle.TryNext(out var bytes))
        {
            var here = position with { Entry = bundle.Index };
            if (bytes is not { } entry)
            {
                yield return new ReadProblem(here, "is larger than the limit and was passed over");
                continue;
            }

            foreach (var item in ReadEntry(entry, here))
            {
                if (NamesTwoPatientsAlike(item, patients))
                {
                    yield return new ReadProblem(here, "has the fullUrl of another patient, so whose the rest is cannot be told; nothing of the bundle was taken");
                    yield return new BundleEnd(position, false);
                    yield break;
                }

                yield return item;
            }
        }

        if (bundle.Failure is { } failure)
            yield return new ReadProblem(position with { Entry = bundle.Index }, failure + "; nothing of the bundle was taken");

        yield return new BundleEnd(position, bundle.Failure is null);
    }

    /// <summary>A resource that lies in memory; a bundle among them is read entry by entry.</summary>
    public static IEnumerable<ReadItem> ReadValue(ReadOnlyMemory<byte> json, ReadPosition position, string? fullUrl)
    {
        if (ResourceInspector.TypeOf(json.Span) != "Bundle")
            return [ResourceInspector.Inspect(position, json, fullUrl)];

        return Read(new ByteWindow(json), position);
    }

    private static bool NamesTwoPatientsAlike(ReadItem item, Dictionary<string, ResourceKey> patients) =>
        item is ReadResource { Resource: { Key.Type: "Patient", FullUrl: { } url } patient } && !patients.TryAdd(url, patient.Key) && patients[url] != patient.Key;

    private static IEnumerable<ReadItem> ReadEntry(ReadOnlyMemory<byte> bytes, ReadPosition position)
    {
        if (BundleEntry.Parse(bytes) is not { } entry)
            return [new ReadProblem(position, "is not a bundle entry")];

        if (entry.Method is "DELETE" or "PATCH")
            return [new ReadProblem(position, $"asks for a {entry.Method}, which an import does not do")];

        if (entry.Resource is not { } resource)
            return entry.IsResponse ? [] : [new ReadProblem(position, "holds no resource")];

        // A slice would keep the whole entry alive for as long as its resource.
        var copy = resource.ToArray();
        var type = ResourceInspector.TypeOf(copy);
        if (type == "OperationOutcome")
            return SaysThatSomethingFailed(copy)
                ? [new ReadProblem(position, "is an OperationOutcome: the server could not supply everything")]
                : [];

        // Its scope of urn:uuid references and its all-or-nothing would be a second one inside the first.
        return type == "Bundle"
            ? [new ReadProblem(position, "is a bundle inside a bundle, which is not read")]
            : [ResourceInspector.Inspect(position, copy, entry.FullUrl)];
    }

    /// <summary>Whether any issue is an error (<see href="https://hl7.org/fhir/R4/valueset-issue-severity.html"/>); what cannot be read counts as one.</summary>
    private static bool SaysThatSomethingFailed(ReadOnlyMemory<byte> outcome)
    {
        try
        {
            using var document = JsonDocument.Parse(outcome);
            foreach (var issue in document.RootElement.GetProperty("issue").EnumerateArray())
            {
                if (issue.GetProperty("severity").GetString() is not ("warning" or "information"))
                    return true;
            }

            return false;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return true;
        }
    }
}
