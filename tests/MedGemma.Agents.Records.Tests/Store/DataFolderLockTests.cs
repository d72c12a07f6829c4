using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Store;

public sealed class DataFolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_one_is_refused_until_the_first_is_given_back()
    {
        using (var first = DataFolderLock.TryTakeForServing(_folder.Path))
        {
            Assert.NotNull(first);
            Assert.Null(DataFolderLock.TryTakeForServing(_folder.Path));
        }

        using var next = DataFolderLock.TryTakeForServing(_folder.Path);
        Assert.NotNull(next);
    }

    [Fact]
    public void An_import_may_write_beside_a_server()
    {
        using var serving = DataFolderLock.TryTakeForServing(_folder.Path);
        using var writing = DataFolderLock.TryTakeForWriting(_folder.Path);

        Assert.NotNull(serving);
        Assert.NotNull(writing);
        Assert.Null(DataFolderLock.TryTakeForWriting(_folder.Path));
    }
}
