using System.ComponentModel.DataAnnotations;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>
/// A user, the patients that the user may open, and the hash of the key that the user's program sends as <c>Authorization: Bearer KEY</c>.
/// <c>medgemma key create</c> makes the key and this entry.
/// </summary>
internal sealed class ApiKeyOptions
{
    /// <summary>The word in <see cref="Patients"/> for every patient; no logical id can be it.</summary>
    public const string EveryPatient = "*";

    /// <summary>SHA-256 of the key's UTF-8 bytes.</summary>
    /// <value>64 hexadecimal digits; no default.</value>
    [RegularExpression("[0-9a-fA-F]{64}", ErrorMessage = "Sha256 must be the 64 hexadecimal digits that 'medgemma key create' gave")]
    [Required(ErrorMessage = "Sha256 is missing: 'medgemma key create' makes a key and this entry")]
    public string Sha256 { get; set; } = "";

    /// <summary>Who vouches for the user.</summary>
    /// <value>A name; default <c>api-key</c>.</value>
    [Required(ErrorMessage = "Issuer is empty")]
    public string Issuer { get; set; } = "api-key";

    /// <summary>The user, unique within the issuer.</summary>
    /// <value>A name; no default.</value>
    [Required(ErrorMessage = "User is missing: name the person or program that holds the key")]
    public string User { get; set; } = "";

    /// <summary>What "I" means in the user's questions.</summary>
    /// <value><c>Clinician</c>, <c>Patient</c>, or <c>Unknown</c> (default): then each session may say.</value>
    [EnumDataType(typeof(AskerRole), ErrorMessage = "Role must be Clinician, Patient or Unknown")]
    public AskerRole Role { get; set; } = AskerRole.Unknown;

    /// <summary>Logical ids of the patients whose records the user may open.</summary>
    /// <value>Ids, or <c>*</c> alone for every patient; default none.</value>
    public IList<string> Patients { get; } = [];

    /// <summary>A file of further logical ids, one a line, lines with <c>#</c> left out; read again when it changes, unreadable it allows nobody.</summary>
    /// <value>A path; default none.</value>
    public string? PatientsFile { get; set; }

    /// <summary>The instant from which the key is refused.</summary>
    /// <value>ISO 8601 with an offset; default never.</value>
    public DateTimeOffset? Expires { get; set; }
}
