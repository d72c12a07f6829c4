using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Looks at a path without opening it: to open a pipe waits until somebody writes to it.</summary>
/// <param name="Kind">What is there.</param>
/// <param name="Identity">The same for two paths only when they lead to the same thing.</param>
internal readonly record struct PathLookup(PathKind Kind, string Identity)
{
    private const int NoSuchEntry = 2;
    private const int NotAFolder = 20;
    private const int FromWorkingFolder = -100;
    private const uint BasicFields = 0x7FF;

    /// <summary>Looks.</summary>
    /// <param name="path">The path; a relative one counts from the working folder.</param>
    public static PathLookup At(string path) => OperatingSystem.IsLinux() ? AskSystem(path) : AskRuntime(path);

    /// <summary>The fields of <see href="https://man7.org/linux/man-pages/man2/statx.2.html">struct statx</see> lie alike on every processor.</summary>
    private static PathLookup AskSystem(string path)
    {
        var found = new byte[256];
        if (Stat(FromWorkingFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, BasicFields, found) != 0)
            return new PathLookup(Marshal.GetLastPInvokeError() is NoSuchEntry or NotAFolder ? PathKind.Nothing : PathKind.Unreachable, path);

        var kind = (BinaryPrimitives.ReadUInt16LittleEndian(found.AsSpan(28)) & 0xF000) switch
        {
            0x8000 => PathKind.File,
            0x4000 => PathKind.Folder,
            _ => PathKind.Special,
        };
        return new PathLookup(kind, $"{Convert.ToHexString(found, 136, 8)}-{Convert.ToHexString(found, 32, 8)}");
    }

    private static PathLookup AskRuntime(string path) =>
        new(Directory.Exists(path) ? PathKind.Folder : File.Exists(path) ? PathKind.File : PathKind.Nothing, Path.GetFullPath(path));

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(int folder, byte[] path, int flags, uint fields, byte[] found);
}
