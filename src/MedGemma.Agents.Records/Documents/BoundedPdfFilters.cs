using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace MedGemma.Agents.Records.Documents;

/// <summary>
/// The filters of one PDF file, with bounds on what its streams unpack to and on what its pages draw: a small file may unpack to more than there is memory, or draw forms
/// that draw forms without end. One file; not thread-safe.
/// </summary>
internal sealed class BoundedPdfFilters : IFilterProvider
{
    private const long MostOperations = 5_000_000;
    private const long MostBytes = 128_000_000;

    /// <summary>LZW cannot be measured beforehand; one byte becomes at most some 2,700.</summary>
    private const int MostLzwBytes = 200_000;

    private long _operations;
    private long _bytes;

    /// <summary>True once a bound was reached.</summary>
    public bool IsSpent { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => [.. DefaultFilterProvider.Instance.GetFilters(dictionary).Select(filter => new Bounded(filter, this))];

    /// <inheritdoc/>
    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => [.. DefaultFilterProvider.Instance.GetNamedFilters(names).Select(filter => new Bounded(filter, this))];

    /// <inheritdoc/>
    public IReadOnlyList<IFilter> GetAllFilters() => [.. DefaultFilterProvider.Instance.GetAllFilters().Select(filter => new Bounded(filter, this))];

    /// <summary>Counts operations that a page draws with.</summary>
    /// <exception cref="InvalidDataException">They are more than is read.</exception>
    public void TakeOperations(int operations)
    {
        _operations += operations;
        if (_operations > MostOperations)
            throw Spent();
    }

    private InvalidDataException Spent()
    {
        IsSpent = true;
        return new InvalidDataException("The file unpacks to more than is read.");
    }

    /// <summary>Counts what a Flate stream unpacks to, before memory is taken for it.</summary>
    private void Measure(Memory<byte> input)
    {
        // As the parser does: the two bytes of the header are passed over, whatever they say.
        if (input.Length <= 2)
            return;

        using var packed = new MemoryStream(input[2..].ToArray(), writable: false);
        using var unpacking = new DeflateStream(packed, CompressionMode.Decompress);
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = unpacking.Read(buffer)) > 0;)
                Take(read);
        }
        catch (InvalidDataException) when (!IsSpent)
        {
            // Damaged streams are the parser's to judge; it unpacks no more of them than was counted here.
        }
    }

    private void Take(long bytes)
    {
        _bytes += bytes;
        if (_bytes > MostBytes)
            throw Spent();
    }

    private sealed class Bounded(IFilter inner, BoundedPdfFilters bounds) : IFilter
    {
        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            if (inner is FlateFilter)
                bounds.Measure(input);
            else if (inner is LzwFilter && input.Length > MostLzwBytes)
                throw bounds.Spent();

            var unpacked = inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            if (inner is not FlateFilter)
                bounds.Take(unpacked.Length);
            return unpacked;
        }
    }
}
