using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedGemma.Agents.Host.Commands;

namespace MedGemma.Agents.Host.Serving.ModelApi;

/// <summary>The certificates of the clients of an inference process on the network.</summary>
internal static class ModelApiCertificates
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <exception cref="CommandRefusedException">The file holds no certificate.</exception>
    public static X509Certificate2Collection Authority(string file)
    {
        const string Wrong = "MedGemma:ModelApi:ClientAuthority does not hold a certificate in PEM that can be read";
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(file);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(Wrong);
        }

        return found.Count > 0 ? found : throw new CommandRefusedException(Wrong);
    }

    /// <summary>Whether an authority signed a client's certificate, or one of those shown with it that did, it is valid now, and it may be used by a client.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Chain? shown, X509Certificate2Collection authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        if (shown is not null)
            chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }
}
