using System.Security.Cryptography;
using MedGemma.Agents.Inference.Models.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.Models;

public sealed class FileHashesTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_hash_is_that_of_the_file_whether_or_not_it_is_kept()
    {
        var bytes = new byte[(3 << 20) + 17];
        new Random(1).NextBytes(bytes);
        var path = _folder.Write(bytes);
        var expected = Convert.ToHexStringLower(SHA256.HashData(bytes));

        Assert.Equal(expected, await HashAsync(path, cache: null));
        Assert.Equal(expected, await HashAsync(path));
        Assert.Equal(expected, await HashAsync(path));
    }

    [Fact]
    public async Task A_known_file_is_not_read_again()
    {
        var path = _folder.Write("weights"u8.ToArray());
        await HashAsync(path);
        var told = new string('a', 64);
        Rewrite(Entry, text => text.Replace(Convert.ToHexStringLower(SHA256.HashData("weights"u8)), told, StringComparison.Ordinal));

        Assert.Equal(told, await HashAsync(path));
    }

    [Fact]
    public async Task A_change_that_hides_behind_an_old_time_is_seen()
    {
        var path = _folder.Write("weights"u8.ToArray());
        var written = File.GetLastWriteTimeUtc(path);
        await HashAsync(path);
        await File.WriteAllBytesAsync(path, "Weights"u8.ToArray(), Stop);
        File.SetLastWriteTimeUtc(path, written);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("Weights"u8)), await HashAsync(path));
    }

    [Fact]
    public async Task What_was_written_just_now_is_hashed_and_not_kept()
    {
        var path = _folder.Write("weights"u8.ToArray());

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("weights"u8)), await HashAsync(path, time: new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddTicks(File.GetLastWriteTimeUtc(path).Ticks - DateTime.UnixEpoch.Ticks))));
        Assert.Empty(Directory.GetFiles(_folder["cache"], "*.json"));
    }

    [Fact]
    public async Task A_cache_that_is_none_is_written_anew()
    {
        var path = _folder.Write("weights"u8.ToArray());
        var hash = await HashAsync(path);
        Rewrite(Entry, _ => "not JSON");

        Assert.Equal(hash, await HashAsync(path));
        Assert.Contains(hash!, await File.ReadAllTextAsync(Entry, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_hashed_where_hashes_cannot_be_kept()
    {
        var path = _folder.Write("weights"u8.ToArray());

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("weights"u8)), await HashAsync(path, cache: path + "/cache"));
    }

    [Fact]
    public async Task Of_several_that_want_one_hash_one_computes_it()
    {
        var path = _folder.Write(new byte[1 << 20]);

        var hashes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => HashAsync(path, time: TimeProvider.System), Stop)));

        Assert.Single(hashes.Distinct());
    }

    public void Dispose() => _folder.Dispose();

    private string Entry => Assert.Single(Directory.GetFiles(_folder["cache"], "*.json"));

    private static void Rewrite(string path, Func<string, string> change) => File.WriteAllText(path, change(File.ReadAllText(path)));

    private Task<string?> HashAsync(string path, TimeProvider? time = null) => HashAsync(path, _folder["cache"], time);

    private static async Task<string?> HashAsync(string path, string? cache, TimeProvider? time = null)
    {
        using var file = File.OpenHandle(path);
        return await new FileHashes(cache, time ?? new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(200)), NullLogger.Instance).HashAsync(file, path, Stop);
    }
}
