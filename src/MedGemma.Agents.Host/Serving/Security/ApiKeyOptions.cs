using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>A user and the hash of the key that the user's program sends as <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>Stands for every patient.</summary>
    public const string AllPatients = "*";

    /// <summary>SHA-256 of the key's UTF-8 bytes. Keys must be random, at least 128 bits; only their hash is configured.</summary>
    /// <value>64 hexadecimal digits; no default.</value>
    [Required]
    [RegularExpression("[0-9a-fA-F]{64}", ErrorMessage = "MedGemma:Serving:ApiKeys: Sha256 must be the 64 hexadecimal digits of the key's SHA-256.")]
    public string Sha256 { get; set; } = "";

    /// <summary>Who vouches for the user.</summary>
    /// <value>A name; default <c>api-key</c>.</value>
    [Required]
    public string Issuer { get; set; } = "api-key";

    /// <summary>The patients whose records the user may open; a list in one key adds to those of the user's other keys.</summary>
    /// <value>Logical ids, or <c>*</c> for all; no default.</value>
    [MinLength(1, ErrorMessage = "MedGemma:Serving:ApiKeys: Patients must name the patients that the user may open, or * for all.")]
    public IList<string> Patients { get; } = [];

    /// <summary>The user, unique within the issuer.</summary>
    /// <value>A name; no default.</value>
    [Required]
    public string User { get; set; } = "";
}
