using System.Text;

namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>A value of a file's metadata.</summary>
public abstract record GgufValue
{
    private GgufValue()
    {
    }

    /// <summary>A whole number without sign.</summary>
    /// <param name="Type">Its width.</param>
    /// <param name="Value">The number.</param>
    public sealed record Natural(GgufValueType Type, ulong Value) : GgufValue;

    /// <summary>A whole number with sign.</summary>
    /// <param name="Type">Its width.</param>
    /// <param name="Value">The number.</param>
    public sealed record Whole(GgufValueType Type, long Value) : GgufValue;

    /// <summary>A number.</summary>
    /// <param name="Type">Its width.</param>
    /// <param name="Value">The number.</param>
    public sealed record Real(GgufValueType Type, double Value) : GgufValue;

    /// <summary>A truth value.</summary>
    /// <param name="Value">The truth value.</param>
    public sealed record Truth(bool Value) : GgufValue;

    /// <summary>A text.</summary>
    /// <param name="Utf8">Its bytes, not necessarily well-formed.</param>
    public sealed record Text(ReadOnlyMemory<byte> Utf8) : GgufValue
    {
        /// <summary>The text; what is not well-formed is replaced.</summary>
        public string Value => Encoding.UTF8.GetString(Utf8.Span);
    }

    /// <summary>Numbers or truth values.</summary>
    /// <param name="Element">The type of each.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Data">Their bytes, little endian.</param>
    public sealed record Numbers(GgufValueType Element, int Count, ReadOnlyMemory<byte> Data) : GgufValue;

    /// <summary>Texts, kept as bytes: a vocabulary has a quarter of a million of them.</summary>
    /// <param name="Data">All bytes.</param>
    /// <param name="Ends">Where each text ends; it begins where the one before it ends.</param>
    public sealed record Texts(ReadOnlyMemory<byte> Data, IReadOnlyList<int> Ends) : GgufValue
    {
        /// <summary>How many.</summary>
        public int Count => Ends.Count;

        /// <summary>The bytes of one of them.</summary>
        /// <param name="index">Which.</param>
        public ReadOnlySpan<byte> Utf8(int index)
        {
            var start = index == 0 ? 0 : Ends[index - 1];
            return Data.Span[start..Ends[index]];
        }
    }
}
