using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Serving.Messages;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Counts what there is in a record. Safe for concurrent use.</summary>
internal sealed class PatientOverviewReader(IOptions<MedGemmaOptions> options)
{
    private static readonly RecordKind[] s_kinds = [.. Enum.GetValues<RecordKind>().Where(kind => kind != RecordKind.Any)];

    public PatientOverview Read(PatientRecord record, DateTimeOffset asOf)
    {
        var kinds = new List<KindOverview>();
        foreach (var kind in s_kinds)
        {
            var all = record.OfKind(kind);
            if (all.IsEmpty)
                continue;

            var counted = all.Where(resource => resource.Standing != Standing.NeverCounts).ToArray();
            var dated = counted.Where(resource => resource.When?.Start is not null).ToArray();
            kinds.Add(new KindOverview(
                kind,
                counted.Length,
                all.Length - counted.Length,
                dated.MinBy(resource => resource.When!.Value.Start)?.WhenText,
                dated.MaxBy(resource => resource.When!.Value.Start)?.WhenText));
        }

        var banners = Banners.Of(record, new QueryContext(asOf, options.Value.GetZone()));
        return new PatientOverview(record.Patient.Key.Id, record.Resources.Length, kinds, banners, record.Receipt);
    }
}
