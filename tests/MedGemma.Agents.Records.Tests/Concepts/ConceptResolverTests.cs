using System.Globalization;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Concepts.ConceptEntries;

namespace MedGemma.Agents.Records.Tests.Concepts;

public sealed class ConceptResolverTests
{
    private static readonly ConceptResolver Resolver = new(ConceptVocabulary.BuiltIn);

    private static readonly ConceptIndex Chart = Index(
        Lab("Glucose [Mass/volume] in Blood", "2339-0"),
        Lab("Glucose [Mass/volume] in Urine by Test strip", "5792-7"),
        Lab("Hemoglobin A1c/Hemoglobin.total in Blood", "4548-4"),
        Lab("Hemoglobin [Mass/volume] in Blood", "718-7"),
        Lab("Creatinine", "38483-4"),
        Lab("Creatinine [Mass/volume] in Serum or Plasma", "2160-0"),
        Lab("Creatinine renal clearance", "2164-2"),
        Lab("Urea nitrogen [Mass/volume] in Serum or Plasma", "3094-0"),
        Lab("Calcium [Mass/volume] in Serum or Plasma", "17861-6"),
        Lab("Potassium (local)"),
        Lab("Potassium, urine"),
        Lab("Platelets [#/volume] in Blood by Automated count", "777-3"),
        Lab("Platelet mean volume [Entitic volume] in Blood by Automated count", "32623-1"),
        Lab("Leukocytes [#/volume] in Blood by Automated count", "6690-2"),
        Lab("C reactive protein [Mass/volume] in Serum or Plasma", "1988-5"),
        Lab("Protein [Mass/volume] in Serum or Plasma", "2885-2"),
        Vital("Blood pressure panel with all children optional", "85354-9"),
        Vital("Oxygen saturation in Arterial blood", "2708-6"),
        Vital("Body Weight", "29463-7"),
        Drug("Warfarin"),
        Drug("Apixaban 5 MG Oral Tablet [Eliquis]"),
        Drug("Heparin Flush (10 units/ml)"),
        Drug("Clopidogrel"),
        Drug("Zolpidem Tartrate"),
        Drug("Metoprolol Tartrate"),
        Drug("Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet"),
        Drug("Acetaminophen"),
        Drug("Magnesium Sulfate"),
        Drug("Magnesium Sulfate (Bolus)"),
        Drug("Calcium Gluconate"),
        Drug("24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet"),
        Drug("Influenza Vaccine Quadrivalent"),
        Entry("DOCU100", Formulary, "DOCU100", RecordKind.Medication, RecordKind.MedicationAdministration),
        Entry("DOCU100L", Formulary, "DOCU100L", RecordKind.Medication, RecordKind.MedicationAdministration),
        Entry("INFL0.5LF", Formulary, "INFL0.5LF", RecordKind.Medication, RecordKind.MedicationRequest),
        Condition("Type 2 diabetes mellitus without complications", "E11.9"),
        Condition("Neuropathy due to type 2 diabetes mellitus"),
        Condition("Family history of diabetes mellitus", "Z83.3"),
        Condition("Diabetes insipidus", "E23.2"),
        Condition("Essential (primary) hypertension", "I10"),
        Condition("Pulmonary hypertension, unspecified", "I27.20"),
        Condition("Suspected lung cancer (situation)"),
        Condition("Haemorrhoids"),
        Condition("Acute viral pharyngitis (disorder)"),
        Procedure("Appendectomy"),
        Procedure("Percutaneous abdominal drainage"),
        Entry("Influenza, seasonal, injectable, preservative free", "http://hl7.org/fhir/sid/cvx", "140", RecordKind.Immunization),
        Entry("Foley Cath Insertion Date", "urn:example:items", "229352", RecordKind.Observation),
        Entry("STAPH AUREUS COAG +", "urn:example:organism", "80023", RecordKind.Observation, RecordKind.Organism));

    [Theory]
    [InlineData("HbA1c", "LaboratoryResult", "Hemoglobin A1c/Hemoglobin.total in Blood")]
    [InlineData("A1c", "LaboratoryResult", "Hemoglobin A1c/Hemoglobin.total in Blood")]
    [InlineData("haemoglobin A1c level", "LaboratoryResult", "Hemoglobin A1c/Hemoglobin.total in Blood")]
    [InlineData("haemoglobin", "LaboratoryResult", "Hemoglobin [Mass/volume] in Blood")]
    [InlineData("blood sugar", "LaboratoryResult", "Glucose [Mass/volume] in Blood")]
    [InlineData("glucose", "", "Glucose [Mass/volume] in Blood")]
    [InlineData("urine glucose", "", "Glucose [Mass/volume] in Urine by Test strip")]
    [InlineData("creatinine", "LaboratoryResult", "Creatinine;Creatinine [Mass/volume] in Serum or Plasma")]
    [InlineData("creatinine clearance", "", "Creatinine renal clearance")]
    [InlineData("kidney function", "LaboratoryResult", "Creatinine;Creatinine [Mass/volume] in Serum or Plasma;Urea nitrogen [Mass/volume] in Serum or Plasma")]
    [InlineData("potassium", "LaboratoryResult", "Potassium (local)")]
    [InlineData("platelets", "", "Platelets [#/volume] in Blood by Automated count")]
    [InlineData("white count", "", "Leukocytes [#/volume] in Blood by Automated count")]
    [InlineData("protein", "LaboratoryResult", "Protein [Mass/volume] in Serum or Plasma")]
    [InlineData("CRP", "", "C reactive protein [Mass/volume] in Serum or Plasma")]
    [InlineData("BP", "VitalSign", "Blood pressure panel with all children optional")]
    [InlineData("sats", "VitalSign", "Oxygen saturation in Arterial blood")]
    [InlineData("blood thinner", "Medication", "Apixaban 5 MG Oral Tablet [Eliquis];Warfarin")]
    [InlineData("Ambien", "Medication", "Zolpidem Tartrate")]
    [InlineData("zolpidem", "Medication", "Zolpidem Tartrate")]
    [InlineData("Coumadin", "", "Warfarin")]
    [InlineData("metoprolol", "", "Metoprolol Tartrate")]
    [InlineData("metoprolol succinate", "Medication", "")]
    [InlineData("Percocet", "Medication", "Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet")]
    [InlineData("oxycodone", "Medication", "Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet")]
    [InlineData("tylenol", "Medication", "Acetaminophen;Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet")]
    [InlineData("Magnesium Sulfate", "Medication", "Magnesium Sulfate")]
    [InlineData("calcium", "LaboratoryResult", "Calcium [Mass/volume] in Serum or Plasma")]
    [InlineData("calcium", "Medication", "Calcium Gluconate")]
    [InlineData("Metformin 500 MG", "Medication", "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet")]
    [InlineData("DOCU100", "Medication", "DOCU100")]
    [InlineData("docu100l", "Medication", "DOCU100L")]
    [InlineData("INFL0.5LF", "Medication", "INFL0.5LF")]
    [InlineData("diabetes", "Condition", "Neuropathy due to type 2 diabetes mellitus;Type 2 diabetes mellitus without complications")]
    [InlineData("high blood pressure", "Condition", "Essential (primary) hypertension")]
    [InlineData("lung cancer", "Condition", "")]
    [InlineData("hemorrhoid", "Condition", "Haemorrhoids")]
    [InlineData("sore throat", "Condition", "Acute viral pharyngitis (disorder)")]
    [InlineData("appendix removal", "Procedure", "Appendectomy")]
    [InlineData("percutaneous abdominal drainage", "Procedure", "Percutaneous abdominal drainage")]
    [InlineData("flu shot", "Immunization", "Influenza, seasonal, injectable, preservative free")]
    [InlineData("foley", "Observation", "Foley Cath Insertion Date")]
    [InlineData("staph aureus", "", "STAPH AUREUS COAG +")]
    [InlineData("http://loinc.org|4548-4", "", "Hemoglobin A1c/Hemoglobin.total in Blood")]
    [InlineData("appendectmy", "Procedure", "Appendectomy")]
    [InlineData("hypertenssion", "Condition", "Essential (primary) hypertension")]
    [InlineData("zzz unheard of", "", "")]
    [InlineData("", "", "")]
    [InlineData("?!", "", "")]
    public void Words_take_what_they_mean(string words, string kind, string expected)
    {
        var resolved = Resolver.Resolve(Chart, words, kind.Length == 0 ? [] : [Enum.Parse<RecordKind>(kind)]);
        Assert.Equal(expected, string.Join(';', resolved.Entries.Select(entry => entry.Name)));
        Assert.Equal(resolved.Entries.Length == 0, resolved.Match.How == "none");
    }

    [Theory]
    [InlineData("Magnesium Sulfate", "Medication", "Magnesium Sulfate (Bolus)", "text")]
    [InlineData("diabetes", "Condition", "Family history of diabetes mellitus", "synonym")]
    [InlineData("diabetes", "Condition", "Diabetes insipidus", "synonym")]
    [InlineData("lung cancer", "Condition", "Suspected lung cancer", "none")]
    [InlineData("blood thinner", "Medication", "Clopidogrel", "class")]
    [InlineData("blood thinner", "Medication", "Heparin Flush", "class")]
    [InlineData("glucose", "LaboratoryResult", "Urine", "synonym")]
    [InlineData("high blood pressure", "Condition", "Pulmonary hypertension", "synonym")]
    [InlineData("warfarin", "Condition", "Warfarin", "none")]
    [InlineData("metoprolol succinate", "Medication", "Metoprolol Tartrate", "none")]
    [InlineData("appendectmy", "Procedure", "", "fuzzy")]
    [InlineData("DOCU100", "", "", "code")]
    public void Near_ones_are_left_and_the_way_is_told(string words, string kind, string left, string how)
    {
        var resolved = Resolver.Resolve(Chart, words, kind.Length == 0 ? [] : [Enum.Parse<RecordKind>(kind)]);
        Assert.Equal(how, resolved.Match.How);
        Assert.Contains(resolved.Match.Left.Append(""), name => name.Contains(left, StringComparison.Ordinal));
        Assert.Empty(resolved.Match.Taken.Intersect(resolved.Match.Left));
    }

    [Theory]
    [InlineData("metformim")]
    [InlineData("warfarn")]
    [InlineData("clopidogrell")]
    [InlineData("zolpdiem")]
    [InlineData("metopr")]
    [InlineData("apixiban")]
    [InlineData("coumadine")]
    public void A_misspelt_drug_is_never_guessed(string words)
    {
        var resolved = Resolver.Resolve(Chart, words, []);
        Assert.Empty(resolved.Entries);
        Assert.False(resolved.IsKnown);
    }

    [Theory]
    [InlineData("altae", "Altered mental status")]
    [InlineData("hearin", "Hearing loss")]
    [InlineData("linzes", "Central line")]
    public void A_misspelt_drug_is_not_the_beginning_or_the_near_spelling_of_something_else(string words, string name) =>
        Assert.True(Resolver.Resolve(Index(Entry(name, "urn:example", "x", RecordKind.Condition, RecordKind.Procedure)), words, []).Entries.IsEmpty);

    [Fact]
    public void A_misspelt_drug_is_reported_as_left() =>
        Assert.Contains(Resolver.Resolve(Chart, "warfarn", [RecordKind.Medication]).Match.Left, name => name.StartsWith("Warfarin", StringComparison.Ordinal));

    [Fact]
    public void A_word_for_two_sorts_of_things_is_ambiguous_unless_a_kind_is_asked()
    {
        var both = Resolver.Resolve(Chart, "calcium", []);
        Assert.True(both.Match.Ambiguous);
        Assert.Equal(2, both.Entries.Length);
        Assert.False(Resolver.Resolve(Chart, "calcium", [RecordKind.LaboratoryResult]).Match.Ambiguous);
    }

    [Fact]
    public void Known_words_are_known_whether_or_not_the_record_has_them()
    {
        var chart = Index(Drug("Aspirin"), Lab("Sodium", "2951-2"));
        Assert.True(Resolver.Resolve(chart, "metformin", [RecordKind.Medication]).IsKnown);
        Assert.True(Resolver.Resolve(chart, "blood thinner", [RecordKind.Medication]).IsKnown);
        Assert.True(Resolver.Resolve(chart, "metoprolol succinate", [RecordKind.Medication]).IsKnown);
        Assert.True(Resolver.Resolve(chart, "potassium", [RecordKind.LaboratoryResult]).IsKnown);
        Assert.False(Resolver.Resolve(chart, "metformin", [RecordKind.VitalSign]).IsKnown);
        Assert.False(Resolver.Resolve(chart, "frobnicate", [RecordKind.Medication]).IsKnown);
    }

    [Theory]
    [InlineData("metformin", "Medication", true)]
    [InlineData("blood thinner", "Medication", true)]
    [InlineData("frobnicate", "Medication", true)]
    [InlineData("XYZ12", "Medication", false)]
    [InlineData("potassium", "LaboratoryResult", false)]
    [InlineData("hypertenssion", "Condition", true)]
    [InlineData("hypertension", "Condition", false)]
    [InlineData("metformim", "LaboratoryResult", true)]
    [InlineData("frobnicate", "LaboratoryResult", false)]
    [InlineData("aspirin", "Document", true)]
    [InlineData("aspirin", "LaboratoryResult", true)]
    public void A_bare_code_or_a_misspelling_leaves_absence_open(string words, string kind, bool expected)
    {
        var chart = Index(
            Drug("Aspirin"),
            Entry("MET500", Formulary, "MET500", RecordKind.Medication),
            Lab("Sodium", "2951-2"),
            new ConceptEntry("E11.9", [], [new Coding(Icd10, "E11.9", null)], [RecordKind.Condition], []));
        var resolved = Resolver.Resolve(chart, words, [Enum.Parse<RecordKind>(kind)]);
        Assert.Empty(resolved.Entries);
        Assert.Equal(expected, resolved.MayBeHidden);
    }

    [Fact]
    public void A_salt_is_no_name_of_another_drug()
    {
        var chart = Index(Drug("Docusate Sodium"), Drug("Sodium Bicarbonate"));
        Assert.Equal("Sodium Bicarbonate", Assert.Single(Resolver.Resolve(chart, "sodium", [RecordKind.Medication]).Entries).Name);
    }

    [Fact]
    public void A_bare_code_is_named_by_the_entry_that_shares_it()
    {
        var order = new ConceptEntry("Docusate Sodium", ["Docusate Sodium"], [new Coding("urn:ndc", "1", null), new Coding(Formulary, "DOCU100", null), new Coding("urn:names", "Docusate Sodium", null)], [RecordKind.Medication, RecordKind.MedicationRequest], []);
        var given = Entry("DOCU100", Formulary, "DOCU100", RecordKind.Medication, RecordKind.MedicationAdministration);
        var resolved = Resolver.Resolve(Index(order, given), "colace", [RecordKind.MedicationAdministration]);
        Assert.Equal([given], resolved.Entries);
    }

    [Fact]
    public void An_allergy_question_sees_the_drugs_of_the_same_class()
    {
        var chart = Index(Entry("Allergy to amoxicillin", Snomed, "294505008", RecordKind.Allergy));
        var resolved = Resolver.Resolve(chart, "penicillin", [RecordKind.Allergy]);
        Assert.Empty(resolved.Entries);
        Assert.Contains(resolved.Match.Left, name => name.Contains("amoxicillin", StringComparison.Ordinal));
    }

    [Fact]
    public void A_panel_of_a_record_is_found_by_any_of_its_names()
    {
        foreach (var words in new[] { "blood pressure", "BP", "Blood-Pressure", "  blood   pressure ", "arterial blood pressure" })
            Assert.Equal("85354-9", Assert.Single(Resolver.Resolve(Chart, words, [RecordKind.VitalSign]).Entries).Codings[0].Code, StringComparer.Create(CultureInfo.InvariantCulture, false));
    }
}
