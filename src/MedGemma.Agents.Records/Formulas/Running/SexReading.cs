using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Formulas.Running;

/// <summary>Reads the sex for equations of the Patient resource.</summary>
internal static class SexReading
{
    private const string BirthSex = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";

    /// <summary>Reads it; open where it is not recorded as male or female, or where two elements differ.</summary>
    public static InputReading Read(FormulaInput input, PatientRecord record)
    {
        var patient = ElementCursor.Of(record.Patient);
        var gender = patient.Children("gender").FirstOrDefault(value => TryRead(value.Text, out _));
        var birth = patient.Children("extension")
            .Where(extension => extension.TryChild("url", out var url) && url.Text == BirthSex)
            .Select(extension => extension.TryChoice("value", out var value, out _) ? value : default)
            .FirstOrDefault(value => TryRead(value.Text, out _));
        var hasGender = TryRead(gender.Text, out var byGender);
        var hasBirth = TryRead(birth.Text, out var byBirth);
        if (hasGender && hasBirth && byGender != byBirth)
            return new InputReading.Open("administrative gender and birth sex differ, and which of them the equation needs is for a clinician to say");
        if (!hasGender && !hasBirth)
            return new InputReading.Open("the sex is not recorded as male or female");

        var taken = hasBirth ? birth : gender;
        var evidence = new Evidence(record.Patient.Key, record.Patient.Version, taken.Path, taken.Json, null, null);
        return new InputReading.Settled(input, [evidence], $"sex {((hasBirth ? byBirth : byGender) ? "female" : "male")} (by {(hasBirth ? "birth sex" : "administrative gender")})");
    }

    /// <summary>Reads <c>female</c>, <c>male</c>, <c>F</c> or <c>M</c>.</summary>
    public static bool TryRead(string? text, out bool isFemale)
    {
        isFemale = text is "female" or "F";
        return isFemale || text is "male" or "M";
    }
}
