using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>A stretch of a sentence that is checked as one.</summary>
internal abstract record Piece(int Start, int Length, string Text);

/// <summary>A word, or a phrase of the vocabulary, in lower case.</summary>
internal sealed record WordPiece(int Start, int Length, string Text) : Piece(Start, Length, Text);

/// <summary>Punctuation.</summary>
internal sealed record SymbolPiece(int Start, int Length, string Text) : Piece(Start, Length, Text);

/// <summary>A date or an instant.</summary>
internal sealed record DatePiece(int Start, int Length, string Text, DateMention Date) : Piece(Start, Length, Text);

/// <summary>A name or label of the result, word for word.</summary>
internal sealed record NamePiece(int Start, int Length, string Text) : Piece(Start, Length, Text);

/// <summary>The window of the query as the question put it, word for word.</summary>
internal sealed record WindowPiece(int Start, int Length, string Text) : Piece(Start, Length, Text);

/// <summary>A number with what belongs to it.</summary>
internal sealed record NumberPiece(int Start, int Length, string Text, decimal Value, int Decimals, string? Unit) : Piece(Start, Length, Text)
{
    /// <summary>The comparison stated with it.</summary>
    public ValueComparison? Comparison { get; init; }

    /// <summary>True when the sentence says that it is rounded.</summary>
    public bool IsApproximate { get; init; }

    /// <summary>What it counts.</summary>
    public CountedThing Counts { get; init; }
}
