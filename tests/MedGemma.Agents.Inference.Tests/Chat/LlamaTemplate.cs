using System.Runtime.InteropServices;
using System.Text;
using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Inference.Tests.Chat;

/// <summary>llama.cpp's own chat template of Gemma, <c>llama_chat_apply_template</c>.</summary>
internal static class LlamaTemplate
{
    private static readonly ApplyTemplate s_apply = Find();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ApplyTemplate(nint template, nint messages, nuint count, [MarshalAs(UnmanagedType.U1)] bool openAnswer, nint text, int length);

    /// <summary>Renders messages; the answer's turn is left open.</summary>
    public static string Render(IReadOnlyList<(string Role, string Text)> messages)
    {
        var held = new List<nint>();
        var text = new byte[messages.Sum(message => Encoding.UTF8.GetByteCount(message.Text)) + 100 * (messages.Count + 1)];
        try
        {
            var structs = new nint[messages.Count * 2];
            foreach (var (i, (role, words)) in messages.Index())
            {
                structs[2 * i] = Hold(role);
                structs[2 * i + 1] = Hold(words);
            }

            var array = GCHandle.Alloc(structs, GCHandleType.Pinned);
            var target = GCHandle.Alloc(text, GCHandleType.Pinned);
            try
            {
                var written = s_apply(Hold("gemma"), array.AddrOfPinnedObject(), (nuint)messages.Count, true, target.AddrOfPinnedObject(), text.Length);
                Assert.InRange(written, 1, text.Length);
                return Encoding.UTF8.GetString(text, 0, written);
            }
            finally
            {
                array.Free();
                target.Free();
            }
        }
        finally
        {
            held.ForEach(Marshal.FreeCoTaskMem);
        }

        nint Hold(string value)
        {
            held.Add(Marshal.StringToCoTaskMemUTF8(value));
            return held[^1];
        }
    }

    private static ApplyTemplate Find()
    {
        var folder = LlamaRuntime.Start(NullLogger.Instance).Folder;
        var library = NativeLibrary.Load(Directory.EnumerateFiles(folder, "libllama.v*.so").Single());
        return Marshal.GetDelegateForFunctionPointer<ApplyTemplate>(NativeLibrary.GetExport(library, "llama_chat_apply_template"));
    }
}
