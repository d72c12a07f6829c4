using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>An authority of its own, whose certificates are files in a folder.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset s_from = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly X509Certificate2 _root;
    private readonly string _folder;

    public TestAuthority(string folder, string name)
    {
        _folder = folder;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(s_from, s_from.AddDays(10));
        RootFile = Path.Combine(folder, name + ".pem");
        File.WriteAllText(RootFile, _root.ExportCertificatePem());
    }

    public string RootFile { get; }

    /// <summary>A PEM file with a certificate and its key.</summary>
    public string Issue(string name, bool client)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(_root, name, key, client, 9);
        return Write(name, certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A PEM file with a certificate that an authority between has signed, that authority's, and the key.</summary>
    public string IssueThroughAnother(string name, bool client)
    {
        using var betweenKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=between " + name, betweenKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signed = request.Create(_root, s_from, s_from.AddDays(9), RandomNumberGenerator.GetBytes(8));
        using var between = signed.CopyWithPrivateKey(betweenKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(between, name, key, client, 8);
        return Write(name, certificate.ExportCertificatePem(), signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 Sign(X509Certificate2 issuer, string name, ECDsa key, bool client, int days)
    {
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(client ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(issuer, s_from, s_from.AddDays(days), RandomNumberGenerator.GetBytes(8));
    }

    private string Write(string name, params string[] parts)
    {
        var file = Path.Combine(_folder, name + ".pem");
        File.WriteAllText(file, string.Join('\n', parts));
        return file;
    }

    public void Dispose() => _root.Dispose();
}
