using System.Diagnostics;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Reading;

/// <summary>What stands at a path is looked at before it is opened.</summary>
public sealed class ResourceFilesTests : IDisposable
{
    private const string Patient = """{"resourceType":"Patient","id":"p1"}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pipe_without_a_writer_is_refused_and_not_waited_for()
    {
        var pipe = MakePipe("pipe.ndjson");

        var problem = Assert.Single(ResourceFiles.Find([pipe]).Problems);

        Assert.Equal($"{pipe}: is a pipe, a socket or a device; only regular files and folders are read", problem.ToString());
    }

    [Fact]
    public void A_pipe_in_a_folder_is_said_and_the_files_beside_it_are_taken()
    {
        MakePipe("pipe.ndjson");
        MakePipe("manifest.json");
        MakePipe("of-no-interest");
        var file = _folder.Write("p.ndjson", Patient);

        var files = ResourceFiles.Find([_folder.Path]);

        Assert.Equal([file], files.Files);
        Assert.Empty(files.Manifests);
        Assert.Equal(["manifest.json", "pipe.ndjson"], files.Problems.Select(problem => Path.GetFileName(problem.Position.File)).Order());
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void A_device_is_refused_under_whatever_name(string device)
    {
        Assert.SkipUnless(File.Exists(device), "There are no devices here.");
        var link = Path.Combine(_folder.Path, "lines.ndjson");
        File.CreateSymbolicLink(link, device);

        var files = ResourceFiles.Find([device, link, _folder.Path]);

        Assert.Empty(files.Files);
        Assert.Equal(3, files.Problems.Count);
    }

    [Fact]
    public void Folders_that_links_lead_back_to_are_walked_once()
    {
        var file = _folder.Write("a/b/p.ndjson", Patient);
        var other = _folder.Write("c/q.ndjson", Patient);
        foreach (var (link, target) in new[] { ("a/up", ".."), ("a/b/up", "../.."), ("a/b/itself", "."), ("c/across", "../a"), ("a/across", "../c") })
            Directory.CreateSymbolicLink(Path.Combine(_folder.Path, link), target);

        var files = ResourceFiles.Find([_folder.Path]);

        Assert.Empty(files.Problems);
        Assert.Equal([Path.GetFileName(file), Path.GetFileName(other)], files.Files.Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_folder_that_is_a_link_is_read()
    {
        _folder.Write("there/p.ndjson", Patient);
        var link = Path.Combine(_folder.Path, "here");
        Directory.CreateSymbolicLink(link, "there");

        Assert.Equal([Path.Combine(link, "p.ndjson")], ResourceFiles.Find([link]).Files);
    }

    [Theory]
    [InlineData("gone.ndjson", "does not exist")]
    [InlineData("circle.ndjson", "cannot be reached: a folder on the way may not be searched, or links lead in a circle")]
    public void A_link_that_leads_nowhere_is_said(string target, string reason)
    {
        var link = Path.Combine(_folder.Path, "circle.ndjson");
        File.CreateSymbolicLink(link, target);

        Assert.Equal($"{link}: {reason}", Assert.Single(ResourceFiles.Find([_folder.Path]).Problems).ToString());
    }

    [Fact]
    public void A_folder_that_may_not_be_listed_does_not_keep_the_others_from_being_read()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may list every folder.");
        if (OperatingSystem.IsWindows())
            return;

        var file = _folder.Write("p.ndjson", Patient);
        var closed = Directory.CreateDirectory(Path.Combine(_folder.Path, "closed"), UnixFileMode.None).FullName;

        var files = ResourceFiles.Find([_folder.Path]);

        Assert.Equal([file], files.Files);
        Assert.Equal($"{closed}: is a folder that cannot be listed", Assert.Single(files.Problems).ToString());
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string MakePipe(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes of Linux.");
        var path = Path.Combine(_folder.Path, name);
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
        return path;
    }
}
