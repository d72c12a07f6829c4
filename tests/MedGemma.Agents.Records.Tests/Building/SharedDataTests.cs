using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Records.Tests.Building;

public sealed class SharedDataTests
{
    [Fact]
    public void Every_mimic_resource_lands_in_its_patients_record_with_the_kinds_that_mimic_has()
    {
        var folder = RawRecords.Shared("mimic-demo");
        Assert.SkipWhen(folder is null, "The MIMIC demo files are not here.");

        var raws = RawRecords.OfFolder(folder);
        var records = raws.Select(raw => new RecordBuilder(TimeZoneInfo.Utc).Build(raw)).ToList();

        Assert.Equal(55, records.Count);
        Assert.All(raws.Zip(records), pair => Assert.Equal(pair.First.Resources.Count, pair.Second.Resources.Length));
        Assert.Equal(139, Count(records, RecordKind.HospitalStay));
        Assert.Equal(109, Count(records, RecordKind.EmergencyVisit));
        Assert.Equal(72, Count(records, RecordKind.IcuStay));
        Assert.Equal(0, Count(records, RecordKind.OutpatientVisit));
        Assert.Equal(2335, Count(records, RecordKind.Condition));
        Assert.Equal(4526, Count(records, RecordKind.Output));
        Assert.Equal(887, Count(records, RecordKind.MicrobiologyTest));
        Assert.Equal(175, Count(records, RecordKind.Organism));
        Assert.Equal(607, Count(records, RecordKind.Susceptibility));
        // 914 of them, pain and heart rhythm at the bedside, are of category exam.
        Assert.Equal(2830 + 914, Count(records, RecordKind.VitalSign));
        Assert.Equal(8162, Count(records, RecordKind.Intake));
        Assert.Equal(14488 + 8162, Count(records, RecordKind.MedicationAdministration));
        Assert.Equal(5357, Count(records, RecordKind.Specimen));
        Assert.All(records.SelectMany(record => record.OfKind(RecordKind.Condition)), condition =>
        {
            Assert.Equal(Standing.CountsWithLabel, condition.Standing);
            Assert.Contains("status not recorded", condition.Labels);
            Assert.Equal(condition.Encounter, condition.WhenHolder);
            Assert.NotNull(condition.WhenText);
        });

        // 78 Not Given, 4 Not Flushed, 2 Hold Dose.
        Assert.Equal(84, records.Sum(record => record.OfKind(RecordKind.MedicationAdministration).Count(given => given.Standing == Standing.NeverCounts)));
        Assert.All(records.SelectMany(record => record.OfKind(RecordKind.MedicationRequest)), order => Assert.False(string.IsNullOrEmpty(order.Concept?.Name)));
    }

    [Fact]
    public void Every_synthea_resource_lands_in_its_patients_record()
    {
        var folder = RawRecords.Shared("synthea");
        Assert.SkipWhen(folder is null, "The Synthea bundles are not here.");

        var raws = Directory.GetFiles(folder, "*.json.gz").Select(path => RawRecords.OfBundle(RawRecords.ReadGzip(path))).ToList();
        var records = raws.Select(raw => new RecordBuilder(TimeZoneInfo.Utc).Build(raw)).ToList();

        Assert.All(raws.Zip(records), pair => Assert.Equal(pair.First.Resources.Count, pair.Second.Resources.Length));
        Assert.Equal(54 + 33, Count(records, RecordKind.HospitalStay));
        Assert.Equal(33, Count(records, RecordKind.EmergencyVisit));
        Assert.Equal(459, Count(records, RecordKind.OutpatientVisit));
        Assert.Equal(1255, Count(records, RecordKind.LaboratoryResult));
        Assert.Equal(465, Count(records, RecordKind.VitalSign));
        Assert.All(records.SelectMany(record => record.OfKind(RecordKind.Observation)), observation =>
        {
            Assert.NotNull(observation.Encounter);
            Assert.NotNull(observation.When);
            Assert.Equal(Standing.Counts, observation.Standing);
        });
        Assert.All(records, record => Assert.All(record.Resources.Where(resource => resource.Encounter is not null), resource =>
            Assert.True(record.TryFollow(resource.Encounter!.Value.ToString(), out _))));
    }

    [Fact]
    public void Synthea_social_findings_are_social_and_not_disease()
    {
        var folder = RawRecords.Shared("synthea-notes");
        Assert.SkipWhen(folder is null, "The Synthea notes are not here.");

        var records = RawRecords.OfFolder(folder).Select(raw => new RecordBuilder(TimeZoneInfo.Utc).Build(raw)).ToList();

        Assert.Equal(7, records.Count);
        var social = records.SelectMany(record => record.OfKind(RecordKind.SocialHistory)).ToList();
        Assert.True(social.Count > 300);
        Assert.All(social, finding => Assert.Contains("social", finding.Labels));
        Assert.DoesNotContain(social, finding => finding.Concept!.Codings.Any(coding => coding.Code is "267036007" or "386661006" or "162864005"));
        Assert.Equal(948, records.Sum(record => record.OfKind(RecordKind.Document).Count(note => note.Labels.Contains("superseded"))));
        Assert.All(records.SelectMany(record => record.OfKind(RecordKind.Document)), note => Assert.NotNull(note.Encounter));
    }

    private static int Count(IEnumerable<PatientRecord> records, RecordKind kind) => records.Sum(record => record.OfKind(kind).Length);
}
