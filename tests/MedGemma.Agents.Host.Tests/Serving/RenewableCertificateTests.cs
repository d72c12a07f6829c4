using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Host.Tests.Inference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Host.Tests.Serving;

public sealed class RenewableCertificateTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<RenewableCertificate> _log = new();
    private readonly TestAuthority _hospital;
    private WebApplication? _app;

    public RenewableCertificateTests() => _hospital = new TestAuthority(_folder.FullName, "hospital");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();

        _hospital.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart()
    {
        var file = _hospital.Issue("server", client: false);
        await ServeAsync(file);
        var first = await ShownAsync();
        Replace(file, _hospital.Issue("renewed", client: false));
        Assert.Equal(first, await ShownAsync());

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.NotEqual(first, await ShownAsync());
        Assert.Contains("was renewed", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_only_half_there_leaves_the_old_certificate_until_it_is_whole()
    {
        var file = _hospital.Issue("server", client: false);
        await ServeAsync(file);
        var first = await ShownAsync();
        var renewed = _hospital.Issue("renewed", client: false);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(renewed, Stop))[..100], Stop);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(first, await ShownAsync());
        Assert.Equal(LogLevel.Error, _log.LatestRecord.Level);

        Replace(file, renewed);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.NotEqual(first, await ShownAsync());
    }

    [Fact]
    public async Task A_certificate_of_an_authority_between_is_trusted_by_whoever_knows_the_root()
    {
        await ServeAsync(_hospital.IssueThroughAnother("server", client: false));
        Assert.NotEmpty(await ShownAsync());
    }

    [Fact]
    public async Task A_file_without_its_key_is_refused_in_one_line()
    {
        var file = Path.Combine(_folder.FullName, "bare.pem");
        await File.WriteAllTextAsync(file, await File.ReadAllTextAsync(_hospital.RootFile, Stop), Stop);
        var refused = Assert.Throws<CommandRefusedException>(() => RenewableCertificate.Load(file, null, "MedGemma:Serving:Certificate and CertificateKey", _time));
        Assert.Equal("MedGemma:Serving:Certificate and CertificateKey do not hold a certificate with its private key in PEM that can be read", refused.Message);
    }

    private static void Replace(string file, string by)
    {
        File.SetLastWriteTimeUtc(by, File.GetLastWriteTimeUtc(file).AddSeconds(1));
        File.Move(by, file, overwrite: true);
    }

    private async Task ServeAsync(string file)
    {
        var certificate = RenewableCertificate.Load(file, null, "Certificate", _time)!;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https => certificate.ShowOn(https, _log))));
        _app = builder.Build();
        await _app.StartAsync(Stop);
    }

    /// <summary>The serial number of the certificate that a client is shown who trusts the authority's root alone.</summary>
    private async Task<string> ShownAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_app!.Urls.Single()).Port, Stop);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.ImportFromPemFile(_hospital.RootFile);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = policy }, Stop);
        return stream.RemoteCertificate!.GetSerialNumberString();
    }
}
