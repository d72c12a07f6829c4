using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedGemma.Agents.Host.Tests.Serving;

public sealed class HttpsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-https-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_https_address_serves_the_configured_certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(_folder.FullName, "c.pem"), Path.Combine(_folder.FullName, "k.pem"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var server = await RunningServer.StartAsync(new Dictionary<string, string?>
        {
            ["MedGemma:Serving:Url"] = "https://127.0.0.1:0",
            ["MedGemma:Serving:Certificate"] = certificateFile,
            ["MedGemma:Serving:CertificateKey"] = keyFile,
        });
        string? shown = null;
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, given, _, _) => (shown = given?.Thumbprint) == certificate.Thumbprint,
        };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };

        var response = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, certificate.Thumbprint), (response.StatusCode, shown));
    }
}
