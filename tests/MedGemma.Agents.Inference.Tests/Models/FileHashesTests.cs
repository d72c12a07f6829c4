using System.Security.Cryptography;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Models;

public sealed class FileHashesTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    [Fact]
    public async Task The_hash_is_that_of_the_file()
    {
        var model = Model(1);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(model.Path, TestContext.Current.CancellationToken))), await Hash(new(), model));
    }

    [Fact]
    public async Task A_known_file_is_not_read_again()
    {
        var model = Model(1);
        var first = await Hash(new(_folder["cache/hashes.json"]), model);
        var changed = File.GetLastWriteTimeUtc(model.Path);
        using (var file = File.OpenWrite(model.Path))
        {
            file.Seek(-8, SeekOrigin.End);
            file.Write([1, 2, 3, 4]);
        }

        File.SetLastWriteTimeUtc(model.Path, changed);
        Assert.Equal(first, await Hash(new(_folder["cache/hashes.json"]), model));

        File.SetLastWriteTimeUtc(model.Path, changed.AddSeconds(1));
        Assert.NotEqual(first, await Hash(new(_folder["cache/hashes.json"]), model));
    }

    [Fact]
    public async Task A_cache_that_is_none_is_written_anew()
    {
        var cache = _folder.Write("not JSON"u8.ToArray(), "hashes.json");

        var hash = await Hash(new(cache), Model(1));

        Assert.Contains(hash, await File.ReadAllTextAsync(cache, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_model_has_one_hash_that_any_file_changes()
    {
        var paths = ModelShards.Write(TinyGemma.Create(), _folder["tiny"], 2);
        var model = Assert.IsType<ModelFileResult<TextModelFile>.Accepted>(ModelFileReader.ReadText(paths[0])).File;
        var before = await Hash(new(), model);
        ModelShards.Create(TinyGemma.Create(new() { Seed = 2 }), 2)[1].Write(paths[1]);

        Assert.NotEqual(before, await Hash(new(), model));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> Hash(FileHashes hashes, ModelFile model)
    {
        using (hashes)
            return await hashes.HashAsync(model, TestContext.Current.CancellationToken);
    }

    private TextModelFile Model(int seed) => Assert.IsType<ModelFileResult<TextModelFile>.Accepted>(ModelFileReader.ReadText(_folder.Write(TinyGemma.Create(new() { Seed = seed })))).File;
}
