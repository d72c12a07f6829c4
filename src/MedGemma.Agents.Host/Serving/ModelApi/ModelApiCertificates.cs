using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedGemma.Agents.Host.Commands;

namespace MedGemma.Agents.Host.Serving.ModelApi;

/// <summary>The certificates of an inference process on the network, and those of its clients.</summary>
internal static class ModelApiCertificates
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <exception cref="CommandRefusedException">The files hold no certificate with its key.</exception>
    public static X509Certificate2? Server(ModelApiOptions options) => string.IsNullOrEmpty(options.Certificate) ? null : Read(
        () => X509Certificate2.CreateFromPemFile(options.Certificate, string.IsNullOrEmpty(options.CertificateKey) ? null : options.CertificateKey),
        "MedGemma:ModelApi:Certificate and CertificateKey do not hold a certificate with its private key in PEM that can be read");

    /// <exception cref="CommandRefusedException">The file holds no certificate.</exception>
    public static X509Certificate2Collection Authority(string file)
    {
        const string Wrong = "MedGemma:ModelApi:ClientAuthority does not hold a certificate in PEM that can be read";
        var found = Read(
            () =>
            {
                var certificates = new X509Certificate2Collection();
                certificates.ImportFromPemFile(file);
                return certificates;
            },
            Wrong);
        return found.Count > 0 ? found : throw new CommandRefusedException(Wrong);
    }

    /// <summary>Whether an authority signed a client's certificate, it is valid now, and it may be used by a client.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2Collection authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }

    private static T Read<T>(Func<T> read, string wrong)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(wrong);
        }
    }
}
