using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MedGemma.Agents.Inference.Models.Identity;

/// <summary>Linux's <c>statx(2)</c>, whose structure is the same on every processor; .NET tells neither inodes nor times of change.</summary>
internal static partial class StatApi
{
    /// <summary><c>AT_FDCWD</c>.</summary>
    internal const int WorkingFolder = -100;

    /// <summary><c>AT_EMPTY_PATH</c>: the open file itself.</summary>
    internal const int EmptyPath = 0x1000;

    /// <summary><c>STATX_BASIC_STATS</c>.</summary>
    internal const uint Basic = 0x7ff;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OfFile(SafeFileHandle file, string path, int flags, uint mask, out Found found);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OfPath(int folder, string path, int flags, uint mask, out Found found);

    /// <summary><c>struct statx</c>: 256 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal readonly struct Found
    {
        [FieldOffset(32)]
        internal readonly ulong Inode;

        [FieldOffset(40)]
        internal readonly ulong Size;

        [FieldOffset(96)]
        internal readonly Time Changed;

        [FieldOffset(112)]
        internal readonly Time Modified;

        [FieldOffset(136)]
        internal readonly uint DeviceMajor;

        [FieldOffset(140)]
        internal readonly uint DeviceMinor;
    }

    /// <summary><c>struct statx_timestamp</c>.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    internal readonly struct Time
    {
        private readonly long _seconds;
        private readonly uint _nanoseconds;

        internal long Nanoseconds => (_seconds * 1_000_000_000) + _nanoseconds;
    }
}
