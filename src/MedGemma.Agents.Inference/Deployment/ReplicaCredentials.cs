using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedGemma.Agents.Inference.OpenAi.Client;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Inference.Deployment;

/// <summary>Opens connections to servers with the key and the certificates that a model's configuration names.</summary>
internal static class ReplicaCredentials
{
    /// <exception cref="OptionsValidationException">A file does not hold what it should.</exception>
    public static HttpClient Connect(string section, ModelOptions options, Uri address)
    {
        try
        {
            var bearer = string.IsNullOrEmpty(options.ApiKeyFile) ? null : File.ReadAllText(options.ApiKeyFile).Trim();
            if (bearer is not null && (bearer.Length == 0 || bearer.Any(letter => letter is <= ' ' or > '~')))
                throw Wrong(section, "ApiKeyFile does not hold one key of printable characters");

            var certificate = string.IsNullOrEmpty(options.Certificate) ? null
                : X509Certificate2.CreateFromPemFile(options.Certificate, string.IsNullOrEmpty(options.CertificateKey) ? null : options.CertificateKey);
            X509Certificate2Collection? intermediates = null;
            if (certificate is not null)
                (intermediates = []).ImportFromPemFile(options.Certificate!);

            X509Certificate2Collection? authority = null;
            if (!string.IsNullOrEmpty(options.Authority))
            {
                authority = [];
                authority.ImportFromPemFile(options.Authority);
                if (authority.Count == 0)
                    throw Wrong(section, "Authority holds no certificate in PEM");
            }

            return OpenAiConnection.OverNetwork(address, bearer, certificate, intermediates, authority);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Wrong(section, "ApiKeyFile, Certificate with CertificateKey (PEM), or Authority (PEM) cannot be read");
        }
    }

    private static OptionsValidationException Wrong(string section, string what) =>
        new(Options.DefaultName, typeof(ModelOptions), [$"{section}: {what}"]);
}
