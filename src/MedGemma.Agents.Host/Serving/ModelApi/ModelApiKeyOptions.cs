using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Host.Serving.ModelApi;

/// <summary>Other software of the hospital that may use the models, and the hash of its key. <c>medgemma key create</c> makes keys.</summary>
internal sealed class ModelApiKeyOptions
{
    /// <summary>SHA-256 of the key's UTF-8 bytes.</summary>
    /// <value>64 hexadecimal digits; no default.</value>
    [RegularExpression("[0-9a-fA-F]{64}", ErrorMessage = "Sha256 must be the 64 hexadecimal digits that 'medgemma key create' gave")]
    [Required(ErrorMessage = "Sha256 is missing: 'medgemma key create' makes a key and its hash")]
    public string Sha256 { get; set; } = "";

    /// <summary>The program.</summary>
    /// <value>A name; no default.</value>
    [Required(ErrorMessage = "User is missing: name the program that holds the key")]
    public string User { get; set; } = "";

    /// <summary>Whether its requests always give way to those of people.</summary>
    /// <value>Default: false, each request says.</value>
    public bool BatchOnly { get; set; }

    /// <summary>The instant from which the key is refused.</summary>
    /// <value>ISO 8601 with an offset; default never.</value>
    public DateTimeOffset? Expires { get; set; }
}
