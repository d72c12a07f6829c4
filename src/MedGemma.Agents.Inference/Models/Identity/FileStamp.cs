using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MedGemma.Agents.Inference.Models.Identity;

/// <summary>What a file system says of a file without reading it: as long as all of it stays, so does the content.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file in it, whatever it is called.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">When its content was last written; nanoseconds since 1970.</param>
/// <param name="Changed">When its content, name or rights were last changed, which no program can set; nanoseconds since 1970.</param>
internal readonly record struct FileStamp(ulong Device, ulong Inode, long Length, long Modified, long Changed)
{
    /// <summary>Of a file that is open.</summary>
    /// <exception cref="IOException">The system does not say.</exception>
    public static FileStamp Of(SafeFileHandle file)
    {
        if (StatApi.OfFile(file, "", StatApi.EmptyPath, StatApi.Basic, out var found) != 0)
            throw Failure();

        return Of(found);
    }

    /// <summary>Of the file that a path leads to now.</summary>
    /// <exception cref="IOException">There is none, or the system does not say.</exception>
    public static FileStamp Of(string path)
    {
        if (StatApi.OfPath(StatApi.WorkingFolder, path, 0, StatApi.Basic, out var found) != 0)
            throw Failure();

        return Of(found);
    }

    private static FileStamp Of(in StatApi.Found found) =>
        new(((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.Inode, (long)found.Size, found.Modified.Nanoseconds, found.Changed.Nanoseconds);

    private static IOException Failure() => new(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
}
