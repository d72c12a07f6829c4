using MedGemma.Agents.Sessions.Replay;

namespace MedGemma.Agents.Sessions.Tests.Replay;

public sealed class ModelFilesTests
{
    private const string File = "m.gguf, 5 bytes, head ab";

    [Theory]
    [InlineData(File + ", sha256 01", File + ", sha256 01")]
    [InlineData(File + ", unhashed", File + ", sha256 01")]
    [InlineData(File + ", sha256 01", File)]
    [InlineData(File + ", sha256 01; adapter a: l.gguf, 2 bytes, head cd, unhashed", File + ", unhashed; adapter a: l.gguf, 2 bytes, head cd, sha256 02")]
    [InlineData(null, null)]
    public void What_is_not_hashed_yet_is_the_same_file_as_far_as_it_is_known(string? one, string? other)
    {
        Assert.True(ModelFiles.AreSame(one, other));
        Assert.True(ModelFiles.AreSame(other, one));
    }

    [Theory]
    [InlineData(File + ", sha256 01", File + ", sha256 02")]
    [InlineData(File + ", unhashed", "m.gguf, 5 bytes, head ac, unhashed")]
    [InlineData(File + ", unhashed", "m.gguf, 6 bytes, head ab, sha256 01")]
    [InlineData(File + ", sha256 01", File + ", sha256 01; adapter a: l.gguf, 2 bytes, head cd, sha256 02")]
    [InlineData(File + ", unhashed", null)]
    [InlineData("b1234-abcdef", "b1235-abcdef")]
    public void Whatever_is_known_of_both_sets_files_apart(string? one, string? other)
    {
        Assert.False(ModelFiles.AreSame(one, other));
        Assert.False(ModelFiles.AreSame(other, one));
    }
}
