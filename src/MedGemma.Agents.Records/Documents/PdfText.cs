using System.Text;
using MedGemma.Agents.Records.Queries;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace MedGemma.Agents.Records.Documents;

/// <summary>Reads the text of PDF files, in the order in which it is drawn. What is drawn as an image is not read, and said.</summary>
internal static class PdfText
{
    private const int MostBytes = 64_000_000;
    private const int MostPages = 1000;
    private const int MostCharacters = 8_000_000;

    /// <summary>Reads a file.</summary>
    public static DocumentText Read(byte[] bytes)
    {
        if (bytes.Length > MostBytes)
            return DocumentText.Not(UnreadReason.TooLarge);

        var filters = new BoundedPdfFilters();
        try
        {
            using var document = PdfDocument.Open(bytes, new ParsingOptions { FilterProvider = filters, UseLenientParsing = true });
            return document.NumberOfPages > MostPages ? DocumentText.Not(UnreadReason.TooLarge) : Read(document);
        }
        catch (PdfDocumentEncryptedException)
        {
            return DocumentText.Not(UnreadReason.Encrypted);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // A parser of other people's files throws whatever it stumbles over; all of it says that the file cannot be read.
            return DocumentText.Not(filters.IsSpent ? UnreadReason.TooLarge : UnreadReason.Damaged);
        }
    }

    private static DocumentText Read(PdfDocument document)
    {
        var text = new StringBuilder();
        var hasScans = false;
        document.AddPageFactory<PdfDrawing, PdfDrawing.Factory>();
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            // Throws where a page draws more than is read, before the library keeps it.
            document.GetPage<PdfDrawing>(number);
            var page = document.GetPage(number);
            var said = ContentOrderTextExtractor.GetText(page, addDoubleNewline: false).ReplaceLineEndings("\n").Trim();
            if (said.Length > 0)
                text.Append(text.Length > 0 ? "\n" : "").Append(said);
            else
                hasScans |= page.NumberOfImages > 0;
            if (text.Length > MostCharacters)
                return DocumentText.Not(UnreadReason.TooLarge);
        }

        return text.Length == 0 ? DocumentText.Not(UnreadReason.NoText) : new DocumentText(text.ToString(), hasScans ? UnreadReason.NoText : null);
    }
}
