using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>
/// Makes tokens of prompts. No text becomes a control token: where the vocabulary would read one in it, the text is cut within its spelling and each part read by
/// itself. Safe for concurrent calls when the encoder is.
/// </summary>
/// <param name="vocabulary">The model's vocabulary.</param>
/// <param name="table">What is known of its tokens.</param>
/// <param name="encoder">Reads images; null when the model sees none.</param>
internal sealed class PromptTokenizer(LlamaVocabulary vocabulary, TokenTable table, IImageEncoder? encoder)
{
    private const int NumbersInHash = SHA256.HashSizeInBytes / sizeof(int);

    /// <summary>Makes the tokens of a prompt.</summary>
    /// <param name="parts">Its parts.</param>
    /// <param name="pinnedCharacters">So many characters of its texts, from the start, belong to the pinned messages.</param>
    /// <param name="cancellationToken">Looked at before each part; an image takes seconds.</param>
    /// <exception cref="RequestRefusedException">The model lacks a control token, or an image cannot be read.</exception>
    public Prompt Tokenize(IReadOnlyList<PromptPart> parts, int pinnedCharacters, CancellationToken cancellationToken)
    {
        var tokens = new List<int>();
        var images = new List<PromptImage>();
        var pinnedLength = 0;
        var pinnedLeft = pinnedCharacters;
        foreach (var part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (part)
            {
                case PromptPart.Control(var control):
                    tokens.Add(table.Id(control));
                    break;
                case PromptPart.Text(var text):
                    var read = Read(text);
                    tokens.AddRange(read);
                    if (pinnedLeft > 0)
                        pinnedLength = tokens.Count - read.Count + Covered(read, text, pinnedLeft);
                    pinnedLeft -= text.Length;
                    break;
                case PromptPart.Image image:
                    images.Add(Add(image, tokens));
                    break;
            }
        }

        return tokens.Count == 0 ? throw new RequestRefusedException("messages", "The prompt is empty.") : new Prompt([.. tokens], images, pinnedLength);
    }

    private List<int> Read(string text)
    {
        var tokens = vocabulary.Tokenize(text);
        var at = Array.FindIndex(tokens, table.IsReserved);
        if (at < 0)
            return [.. tokens];

        // The first characters of the spelling go to the left part, so that neither part holds it whole.
        var spelling = table.Spelling(tokens[at]);
        var found = text.IndexOf(spelling, StringComparison.Ordinal);
        if (found < 0 || spelling.Length < 2)
            throw new InvalidOperationException($"Token {tokens[at]} came of a text that does not spell it.");

        return [.. Read(text[..(found + 1)]), .. Read(text[(found + 1)..])];
    }

    // Tokens that lie wholly within the pinned characters; one that reaches into what follows is not the same for everybody.
    private int Covered(List<int> tokens, string text, int characters)
    {
        if (characters >= text.Length)
            return tokens.Count;

        var bytes = Encoding.UTF8.GetByteCount(text.AsSpan(0, characters));
        var covered = 0;
        while (covered < tokens.Count && (bytes -= table.Piece(tokens[covered]).Length) >= 0)
            covered++;

        return covered;
    }

    private PromptImage Add(PromptPart.Image image, List<int> tokens)
    {
        if (encoder is null)
            throw new RequestRefusedException("messages", "This model sees no images.");

        var made = new PromptImage(tokens.Count, encoder.TokensPerImage, encoder.Encode(image.Data, image.MediaType));
        Span<byte> seed = stackalloc byte[SHA256.HashSizeInBytes + sizeof(int)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(image.Data.Span, seed);
        for (var i = 0; i < made.Length; i++)
        {
            if (i % NumbersInHash == 0)
            {
                BinaryPrimitives.WriteInt32LittleEndian(seed[SHA256.HashSizeInBytes..], i);
                SHA256.HashData(seed, hash);
            }

            tokens.Add(BinaryPrimitives.ReadInt32LittleEndian(hash[(i % NumbersInHash * sizeof(int))..]) | int.MinValue);
        }

        return made;
    }
}
