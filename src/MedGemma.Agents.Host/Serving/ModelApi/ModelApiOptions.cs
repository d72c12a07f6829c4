using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Host.Serving.ModelApi;

/// <summary>Who may use the models by the OpenAI chat API, of <c>medgemma serve</c> and of <c>medgemma inference</c>; section <c>MedGemma:ModelApi</c>.</summary>
internal sealed class ModelApiOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "MedGemma:ModelApi";

    /// <summary>Programs that may call, by key. Empty: <c>serve</c> has no <c>/v1</c>.</summary>
    /// <value>A list; default empty.</value>
    public IList<ModelApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>Certificate of the https address of <c>medgemma inference</c>, with the chain that clients need.</summary>
    /// <value>Path of a PEM file; default none.</value>
    public string? Certificate { get; set; }

    /// <summary>Private key of <see cref="Certificate"/>.</summary>
    /// <value>Path of a PEM file without a password; default: the key is in the certificate's file.</value>
    public string? CertificateKey { get; set; }

    /// <summary>The authority that must have signed the certificates that clients of <c>medgemma inference</c> show.</summary>
    /// <value>Path of a PEM file; default none: then a key is needed.</value>
    public string? ClientAuthority { get; set; }

    /// <summary>Largest request body: a long prompt, or a few images.</summary>
    /// <value>Bytes; default 33554432.</value>
    [Range(1024, 1024 * 1024 * 1024, ErrorMessage = "MedGemma:ModelApi:MaxRequestBytes must be between 1024 and 1073741824")]
    public long MaxRequestBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>What cannot be used as it is configured; each failure says what to change.</summary>
    public IEnumerable<string> Failures()
    {
        foreach (var failure in Attributes(this))
            yield return failure;

        foreach (var (i, key) in ApiKeys.Index())
        {
            foreach (var failure in Attributes(key))
                yield return $"{Section}:ApiKeys:{i}: {failure}";
        }

        if (ApiKeys.GroupBy(key => key.Sha256, StringComparer.OrdinalIgnoreCase).Any(same => same.Key.Length > 0 && same.Skip(1).Any()))
            yield return $"{Section}:ApiKeys: two entries have the same Sha256; each program needs a key of its own";

        foreach (var (setting, file) in new[] { (nameof(Certificate), Certificate), (nameof(CertificateKey), CertificateKey), (nameof(ClientAuthority), ClientAuthority) })
        {
            if (!string.IsNullOrEmpty(file) && !File.Exists(file))
                yield return $"{Section}:{setting}: {file} does not exist";
        }
    }

    private static IEnumerable<string> Attributes(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage ?? "");
    }
}
