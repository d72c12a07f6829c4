using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>Tokens, or embeddings, to be computed together. Each belongs to one sequence. Not safe for concurrent calls.</summary>
public sealed unsafe class LlamaBatch : IDisposable
{
    private readonly int* _tokens;
    private readonly int* _positions;
    private readonly int* _sequenceCounts;
    private readonly int* _sequenceIds;
    private readonly int** _sequences;
    private readonly byte* _outputs;
    private readonly int _embeddingLength;
    private float* _embeddings;
    private bool _disposed;

    /// <summary>Allocates a batch.</summary>
    /// <param name="capacity">Most tokens.</param>
    /// <param name="embeddingLength">Numbers in an embedding, or 0 when none are added.</param>
    public LlamaBatch(int capacity, int embeddingLength = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegative(embeddingLength);
        Capacity = capacity;
        _embeddingLength = embeddingLength;
        _tokens = Allocate<int>(capacity);
        _positions = Allocate<int>(capacity);
        _sequenceCounts = Allocate<int>(capacity);
        _sequenceIds = Allocate<int>(capacity);
        _sequences = (int**)Allocate<nint>(capacity);
        _outputs = Allocate<byte>(capacity);
        for (var i = 0; i < capacity; i++)
        {
            _sequenceCounts[i] = 1;
            _sequences[i] = _sequenceIds + i;
        }
    }

    /// <summary>Most tokens.</summary>
    public int Capacity { get; }

    /// <summary>Tokens added.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it holds embeddings.</summary>
    public bool HoldsEmbeddings { get; private set; }

    /// <summary>Room left.</summary>
    public int Room => Capacity - Count;

    /// <summary>Empties it.</summary>
    public void Clear() => (Count, HoldsEmbeddings) = (0, false);

    /// <summary>Adds a token, and gives its place.</summary>
    public int Add(int token, int position, int sequence, bool output)
    {
        if (HoldsEmbeddings)
            throw new InvalidOperationException("A batch holds tokens or embeddings.");

        var place = AddPlace(position, sequence, output);
        _tokens[place] = token;
        return place;
    }

    /// <summary>Adds an embedding, and gives its place.</summary>
    public int Add(ReadOnlySpan<float> embedding, int position, int sequence, bool output)
    {
        if (Count > 0 && !HoldsEmbeddings)
            throw new InvalidOperationException("A batch holds tokens or embeddings.");
        if (embedding.Length != _embeddingLength || _embeddingLength == 0)
            throw new ArgumentException($"An embedding has {embedding.Length} numbers instead of {_embeddingLength}.", nameof(embedding));

        if (_embeddings == null)
            _embeddings = Allocate<float>((long)Capacity * _embeddingLength);
        HoldsEmbeddings = true;
        var place = AddPlace(position, sequence, output);
        embedding.CopyTo(new Span<float>(_embeddings + ((long)place * _embeddingLength), _embeddingLength));
        return place;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        NativeMemory.Free(_tokens);
        NativeMemory.Free(_positions);
        NativeMemory.Free(_sequenceCounts);
        NativeMemory.Free(_sequenceIds);
        NativeMemory.Free(_sequences);
        NativeMemory.Free(_outputs);
        NativeMemory.Free(_embeddings);
    }

    internal BatchView View()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new BatchView
        {
            Count = Count,
            Tokens = HoldsEmbeddings ? null : _tokens,
            Embeddings = HoldsEmbeddings ? _embeddings : null,
            Positions = _positions,
            SequenceCounts = _sequenceCounts,
            Sequences = _sequences,
            Outputs = _outputs,
        };
    }

    private static T* Allocate<T>(long count)
        where T : unmanaged => (T*)NativeMemory.Alloc((nuint)count, (nuint)sizeof(T));

    private int AddPlace(int position, int sequence, bool output)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Count == Capacity)
            throw new InvalidOperationException($"A batch of {Capacity} tokens is full.");

        var place = Count++;
        _positions[place] = position;
        _sequenceIds[place] = sequence;
        _outputs[place] = output ? (byte)1 : (byte)0;
        return place;
    }
}
