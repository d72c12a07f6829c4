using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Geometry;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Outline.Destinations;
using UglyToad.PdfPig.Parser;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace MedGemma.Agents.Records.Documents;

/// <summary>What a page draws, counted.</summary>
/// <param name="Operations">Operations, those of forms as often as they are drawn.</param>
internal sealed record PdfDrawing(long Operations)
{
    /// <summary>Counts the operations of a page, within the bounds of its file.</summary>
    internal sealed class Factory(IPdfTokenScanner scanner, IResourceStore resources, ILookupFilterProvider filters, IPageContentParser parser, ParsingOptions options)
        : BasePageFactory<PdfDrawing>(scanner, resources, filters, parser, options)
    {
        private readonly (IPdfTokenScanner Scanner, IResourceStore Resources, ILookupFilterProvider Filters, IPageContentParser Parser, ParsingOptions Options) _parts = (scanner, resources, filters, parser, options);

        /// <inheritdoc/>
        protected override PdfDrawing ProcessPage(
            int pageNumber, DictionaryToken dictionary, NamedDestinations namedDestinations, MediaBox mediaBox, CropBox cropBox, UserSpaceUnit userSpaceUnit, PageRotationDegrees rotation,
            TransformationMatrix initialMatrix, IReadOnlyList<IGraphicsStateOperation> operations)
        {
            var counter = new PdfDrawingCounter(
                pageNumber, _parts.Resources, _parts.Scanner, _parts.Parser, _parts.Filters, cropBox, userSpaceUnit, rotation, initialMatrix, _parts.Options, (BoundedPdfFilters)_parts.Options.FilterProvider!);
            return counter.Process(pageNumber, operations);
        }
    }
}
