using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedGemma.Agents.Host.Commands;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>
/// The certificate of an https address with those of the authorities between it and the root, from PEM files. When the files are replaced, new connections get the new one;
/// files that hold none, or not yet, change nothing. Safe for concurrent calls.
/// </summary>
internal sealed partial class RenewableCertificate
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly string? _keyFile;
    private readonly TimeProvider _time;
    private SslStreamCertificateContext _context;
    private (DateTime, DateTime) _stamp;
    private long _looked;

    private RenewableCertificate(string file, string? keyFile, TimeProvider time)
    {
        _file = file;
        _keyFile = keyFile;
        _time = time;
        _looked = time.GetTimestamp();
        _stamp = Stamp();
        _context = Read();
    }

    /// <summary>Reads the files.</summary>
    /// <param name="file">The certificate, and after it those of the authorities between.</param>
    /// <param name="keyFile">Its key; null or empty where that is in the same file.</param>
    /// <param name="setting">The settings that name them, for the refusal.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The certificate, or null where no file is named.</returns>
    /// <exception cref="CommandRefusedException">The files hold no certificate with its key.</exception>
    public static RenewableCertificate? Load(string? file, string? keyFile, string setting, TimeProvider time)
    {
        if (string.IsNullOrEmpty(file))
            return null;

        try
        {
            return new RenewableCertificate(file, string.IsNullOrEmpty(keyFile) ? null : keyFile, time);
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            throw new CommandRefusedException($"{setting} do not hold a certificate with its private key in PEM that can be read");
        }
    }

    /// <summary>Shows it to whoever connects.</summary>
    public void ShowOn(HttpsConnectionAdapterOptions https, ILogger<RenewableCertificate> logger)
    {
        https.ServerCertificate = _context.TargetCertificate;
        https.OnAuthenticate = (_, options) => options.ServerCertificateContext = Current(logger);
    }

    private SslStreamCertificateContext Current(ILogger logger)
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_looked) < s_interval)
                return _context;

            _looked = _time.GetTimestamp();
            var stamp = Stamp();
            if (stamp == _stamp)
                return _context;

            _stamp = stamp;
            try
            {
                _context = Read();
                LogRenewed(logger, _context.TargetCertificate.NotAfter);
            }
            catch (Exception unreadable) when (IsUnreadable(unreadable))
            {
                LogUnreadable(logger, _file);
            }

            return _context;
        }
    }

    private SslStreamCertificateContext Read()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_file, _keyFile);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(_file);
        return SslStreamCertificateContext.Create(certificate, all, offline: true);
    }

    private (DateTime, DateTime) Stamp() => (File.GetLastWriteTimeUtc(_file), _keyFile is null ? default : File.GetLastWriteTimeUtc(_keyFile));

    private static bool IsUnreadable(Exception failure) => failure is CryptographicException or IOException or UnauthorizedAccessException;

    [LoggerMessage(LogLevel.Information, "The certificate was renewed; it is valid until {Until}")]
    private static partial void LogRenewed(ILogger logger, DateTime until);

    [LoggerMessage(LogLevel.Error, "{File} was replaced and holds no certificate with its private key that can be read; the old one is still shown")]
    private static partial void LogUnreadable(ILogger logger, string file);
}
