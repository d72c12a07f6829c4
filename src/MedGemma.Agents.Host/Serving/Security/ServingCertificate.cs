using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedGemma.Agents.Host.Commands;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>Reads the certificate of an https address.</summary>
internal static class ServingCertificate
{
    /// <summary>The certificate with its key, or null when none is configured.</summary>
    /// <exception cref="CommandRefusedException">The files hold no certificate with its key.</exception>
    public static X509Certificate2? Load(ServingOptions options)
    {
        if (string.IsNullOrEmpty(options.Certificate))
            return null;

        try
        {
            return X509Certificate2.CreateFromPemFile(options.Certificate, string.IsNullOrEmpty(options.CertificateKey) ? null : options.CertificateKey);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException("MedGemma:Serving:Certificate and CertificateKey do not hold a certificate with its private key in PEM that can be read");
        }
    }
}
