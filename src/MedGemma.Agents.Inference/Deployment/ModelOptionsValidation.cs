using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace MedGemma.Agents.Inference.Deployment;

/// <summary>What is wrong with the configuration of a model; each failure says what to change.</summary>
internal static partial class ModelOptionsValidation
{
    public static IEnumerable<string> Failures(string key, ModelOptions options)
    {
        if (!Key().IsMatch(key))
            yield return "a key is made of small letters, digits and hyphens";

        if (options.TokensPerStep < options.Slots)
            yield return "TokensPerStep must be at least Slots: each request that writes takes one token a step";

        foreach (var failure in Attributes(options).Concat(Attributes(options.Pool)).Concat(Attributes(options.Supervision)).Concat(Places(options)).Concat(Files(options)))
            yield return failure;
    }

    private static IEnumerable<string> Attributes(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage ?? "");
    }

    private static IEnumerable<string> Places(ModelOptions options)
    {
        if (options.Replicas.Count == 0)
            yield return "name the model's file as Path, or servers in Replicas";

        var here = false;
        foreach (var replica in options.Replicas)
        {
            if (!ReplicaAddress.TryParse(replica, out var address, out var problem))
                yield return $"Replicas: {problem}";

            here |= address is ReplicaAddress.Devices;
        }

        if (options.Replicas.Distinct(StringComparer.Ordinal).Count() != options.Replicas.Count)
            yield return "Replicas: one is named twice";
        if (here && string.IsNullOrEmpty(options.Path))
            yield return "a replica on this machine needs the model's file as Path";
    }

    private static IEnumerable<string> Files(ModelOptions options)
    {
        (string Name, string? File)[] files =
        [
            (nameof(options.Path), options.Path), (nameof(options.VisionPath), options.VisionPath), (nameof(options.ApiKeyFile), options.ApiKeyFile),
            (nameof(options.Certificate), options.Certificate), (nameof(options.CertificateKey), options.CertificateKey), (nameof(options.Authority), options.Authority),
            .. options.Adapters.Select(adapter => ($"Adapters:{adapter.Key}", (string?)adapter.Value)),
        ];
        foreach (var (name, file) in files)
        {
            if (!string.IsNullOrEmpty(file) && !File.Exists(file))
                yield return $"{name}: {file} does not exist";
        }

        if (!string.IsNullOrEmpty(options.CertificateKey) && string.IsNullOrEmpty(options.Certificate))
            yield return "CertificateKey needs Certificate";
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,40}\z")]
    private static partial Regex Key();
}
