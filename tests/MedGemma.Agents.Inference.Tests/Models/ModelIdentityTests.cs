using System.Security.Cryptography;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Identity;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.Models;

public sealed class ModelIdentityTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_file_is_hashed_whole()
    {
        var shards = ModelShards.Write(TinyGemma.Create(), _folder["tiny"], 2);
        var vision = TinyVision.Write(_folder["mmproj.gguf"]);
        var adapter = TinyAdapter.Create(GemmaShape.Tiny).Write(_folder["lora.gguf"]);
        await using var identity = ModelIdentity.Open(Text(shards[0]), Vision(vision), new Dictionary<string, string> { ["radiology"] = adapter });
        Assert.All(identity.Files, file => Assert.Null(file.Sha256));
        Assert.Contains(", unhashed", identity.Describe(images: false, null), StringComparison.Ordinal);

        identity.Begin(Hashes(), NullLogger.Instance);
        await identity.Completion.WaitAsync(Stop);

        Assert.Equal([.. shards.Select(Sha256), Sha256(vision), Sha256(adapter)], identity.Files.Select(file => file.Sha256));
        Assert.Equal([ModelFileKind.Weights, ModelFileKind.Weights, ModelFileKind.Vision, ModelFileKind.Adapter], identity.Files.Select(file => file.Kind));
    }

    [Fact]
    public async Task A_request_names_what_computes_it()
    {
        var model = Path("a.gguf");
        await using var identity = ModelIdentity.Open(
            Text(model), Vision(TinyVision.Write(_folder["mmproj.gguf"])), new Dictionary<string, string> { ["radiology"] = TinyAdapter.Create(GemmaShape.Tiny).Write(_folder["lora.gguf"]) });
        identity.Begin(Hashes(), NullLogger.Instance);
        await identity.Completion.WaitAsync(Stop);

        var weights = identity.Files[0].ToString();
        Assert.Equal($"a.gguf, {new FileInfo(model).Length} bytes, head {Head(model)}, sha256 {Sha256(model)}", weights);
        Assert.Equal(weights, identity.Describe(images: false, null));
        Assert.Equal($"{weights}; {identity.Files[1]}", identity.Describe(images: true, null));
        Assert.Equal($"{weights}; {identity.Files[2]}", identity.Describe(images: false, "radiology"));
        Assert.StartsWith("adapter radiology: lora.gguf, ", identity.Files[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_replaced_while_the_engine_loaded_stays_unhashed()
    {
        var model = Path("a.gguf");
        await using var identity = ModelIdentity.Open(Text(model), null, new Dictionary<string, string>());
        File.Move(Path("b.gguf", seed: 2), model, overwrite: true);

        identity.Begin(Hashes(), NullLogger.Instance);
        await identity.Completion.WaitAsync(Stop);

        Assert.Null(identity.Files[0].Sha256);
    }

    [Fact]
    public async Task A_file_that_was_replaced_while_it_was_hashed_has_the_hash_of_what_was_loaded_or_none()
    {
        var model = Path("a.gguf");
        var loaded = Sha256(model);
        await using var identity = ModelIdentity.Open(Text(model), null, new Dictionary<string, string>());
        identity.Begin(Hashes(), NullLogger.Instance);
        File.Move(Path("b.gguf", seed: 2), model, overwrite: true);

        await identity.Completion.WaitAsync(Stop);

        Assert.True(identity.Files[0].Sha256 is null || identity.Files[0].Sha256 == loaded);
    }

    [Fact]
    public async Task A_file_that_was_written_to_while_the_engine_loaded_stays_unhashed()
    {
        var model = Path("a.gguf");
        await using var identity = ModelIdentity.Open(Text(model), null, new Dictionary<string, string>());
        await using (var file = new FileStream(model, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Seek(-4, SeekOrigin.End);
            file.Write([1, 2, 3, 4]);
        }

        File.SetLastWriteTimeUtc(model, DateTime.UnixEpoch.AddDays(1));
        identity.Begin(Hashes(), NullLogger.Instance);
        await identity.Completion.WaitAsync(Stop);

        Assert.Null(identity.Files[0].Sha256);
    }

    [Fact]
    public async Task A_file_that_was_written_to_behind_its_old_date_stays_unhashed()
    {
        var model = Path("a.gguf");
        var date = DateTime.UnixEpoch.AddDays(1);
        File.SetLastWriteTimeUtc(model, date);
        await using var identity = ModelIdentity.Open(Text(model), null, new Dictionary<string, string>());
        var before = FileStamp.Of(model);

        // A file system's clock ticks in milliseconds.
        while (FileStamp.Of(model).Changed == before.Changed)
        {
            await using (var file = new FileStream(model, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                file.Seek(-4, SeekOrigin.End);
                file.Write([1, 2, 3, 4]);
            }

            File.SetLastWriteTimeUtc(model, date);
        }

        Assert.Equal(before, FileStamp.Of(model) with { Changed = before.Changed });
        identity.Begin(Hashes(), NullLogger.Instance);
        await identity.Completion.WaitAsync(Stop);

        Assert.Null(identity.Files[0].Sha256);
    }

    public void Dispose() => _folder.Dispose();

    private static FileHashes Hashes() => new(null, new FakeTimeProvider(), NullLogger.Instance);

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static string Head(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path).AsSpan(0, (int)Math.Min(1 << 20, new FileInfo(path).Length))));

    private static TextModelFile Text(string path) => Assert.IsType<ModelFileResult<TextModelFile>.Accepted>(ModelFileReader.ReadText(path)).File;

    private static VisionFile Vision(string path) => Assert.IsType<ModelFileResult<VisionFile>.Accepted>(ModelFileReader.ReadVision(path)).File;

    private string Path(string name, int seed = 1) => _folder.Write(TinyGemma.Create(new() { Seed = seed }), name);
}
