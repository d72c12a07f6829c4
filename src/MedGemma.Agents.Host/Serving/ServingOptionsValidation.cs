using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Planning.Answers;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Checks what attributes cannot: the address, and each key with the patients it opens. Each failure says what to change.</summary>
internal sealed class ServingOptionsValidation : IValidateOptions<ServingOptions>
{
    public ValidateOptionsResult Validate(string? name, ServingOptions options)
    {
        var failures = AttributeFailures(options).Concat(AddressFailures(options)).Concat(KeyFailures(options.ApiKeys)).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> AttributeFailures(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage ?? "");
    }

    private static IEnumerable<string> AddressFailures(ServingOptions options)
    {
        if (!TryParse(options.Url, out var scheme))
        {
            yield return $"MedGemma:Serving:Url: '{options.Url}' is not an address to listen on such as http://127.0.0.1:5080";
            yield break;
        }

        if (scheme == Uri.UriSchemeHttps && string.IsNullOrEmpty(options.Certificate))
            yield return "MedGemma:Serving:Url is https: name the PEM files of the certificate in MedGemma:Serving:Certificate and CertificateKey";
        foreach (var (setting, file) in new[] { (nameof(options.Certificate), options.Certificate), (nameof(options.CertificateKey), options.CertificateKey) })
        {
            if (!string.IsNullOrEmpty(file) && !File.Exists(file))
                yield return $"MedGemma:Serving:{setting}: {file} does not exist";
        }
    }

    /// <summary>Kestrel also takes <c>*</c> and <c>+</c> for every address of the machine, which no URI holds.</summary>
    private static bool TryParse(string url, out string scheme)
    {
        var isAddress = Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address);
        scheme = address?.Scheme ?? "";
        return isAddress && address!.PathAndQuery == "/" && (scheme == Uri.UriSchemeHttp || scheme == Uri.UriSchemeHttps);
    }

    private static IEnumerable<string> KeyFailures(IList<ApiKeyOptions> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            foreach (var failure in AttributeFailures(keys[i]).Concat(ScopeFailures(keys[i])))
                yield return string.Create(CultureInfo.InvariantCulture, $"MedGemma:Serving:ApiKeys:{i}: {failure}");
        }

        foreach (var user in keys.GroupBy(key => (key.Issuer, key.User)))
        {
            if (user.Select(key => (key.Role, key.PatientsFile, Patients: string.Join('\n', key.Patients.Order(StringComparer.Ordinal)))).Distinct().Skip(1).Any())
                yield return $"MedGemma:Serving:ApiKeys: the keys of user '{user.Key.User}' differ in Role, Patients or PatientsFile; a user has one access";
        }

        if (keys.GroupBy(key => key.Sha256, StringComparer.OrdinalIgnoreCase).Any(same => same.Key.Length > 0 && same.Skip(1).Any()))
            yield return "MedGemma:Serving:ApiKeys: two entries have the same Sha256; each user needs a key of their own";
    }

    /// <summary>What is wrong with whose records a key opens.</summary>
    internal static IEnumerable<string> ScopeFailures(ApiKeyOptions key)
    {
        if (key.Patients.Count == 0 && string.IsNullOrEmpty(key.PatientsFile))
            yield return "no patients: list their ids in Patients, name a file of ids as PatientsFile, or give Patients [\"*\"] for every patient";
        if (key.Patients.Contains(ApiKeyOptions.EveryPatient) && (key.Patients.Count > 1 || !string.IsNullOrEmpty(key.PatientsFile)))
            yield return "Patients has * beside others; * alone opens every patient";
        if (!string.IsNullOrEmpty(key.PatientsFile) && !File.Exists(key.PatientsFile))
            yield return $"PatientsFile: {key.PatientsFile} does not exist";
        if (key.Role == AskerRole.Patient && (key.Patients is not [not ApiKeyOptions.EveryPatient] || !string.IsNullOrEmpty(key.PatientsFile)))
            yield return "Role Patient opens one patient's record: give that one id in Patients";
    }
}
