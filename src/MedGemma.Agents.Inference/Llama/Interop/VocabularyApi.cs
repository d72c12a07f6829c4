using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary>Tokens and text.</summary>
internal static unsafe partial class VocabularyApi
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_n_tokens")]
    internal static partial int TokenCount(nint vocabulary);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_is_eog")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool EndsGeneration(nint vocabulary, int token);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_is_control")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool IsControl(nint vocabulary, int token);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_get_text")]
    internal static partial byte* Spelling(nint vocabulary, int token);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_tokenize")]
    internal static partial int Tokenize(
        nint vocabulary, byte* text, int textLength, int* tokens, int capacity, [MarshalAs(UnmanagedType.U1)] bool addSpecial, [MarshalAs(UnmanagedType.U1)] bool parseSpecial);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_token_to_piece")]
    internal static partial int Piece(nint vocabulary, int token, byte* target, int capacity, int leftStrip, [MarshalAs(UnmanagedType.U1)] bool special);
}
