using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Documents;

/// <summary>
/// Reads the text of HTML and XHTML as a browser shows it. What is not shown to a person (scripts, hidden elements) is not read either: nobody could find it again.
/// Nothing is loaded and no script runs.
/// </summary>
internal static partial class HtmlText
{
    private const int MostCharacters = 8_000_000;

    private static readonly FrozenSet<string> s_unseen = new[] { "script", "style", "template", "head", "title", "object", "embed", "iframe", "svg", "math", "select", "datalist" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_blocks = new[]
    {
        "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a document or a fragment of one.</summary>
    public static DocumentText Read(string html)
    {
        return html.Length > MostCharacters || HtmlNesting.IsTooMuch(html) ? DocumentText.Not(UnreadReason.TooLarge) : DocumentText.Of(TextOf(new HtmlParser().ParseDocument(html)));
    }

    /// <summary>Reads a document that names its character set itself.</summary>
    public static DocumentText Read(byte[] html)
    {
        if (html.Length > MostCharacters || HtmlNesting.IsTooMuch(Encoding.Latin1.GetString(html)))
            return DocumentText.Not(UnreadReason.TooLarge);

        using var stream = new MemoryStream(html, writable: false);
        return DocumentText.Of(TextOf(new HtmlParser().ParseDocument(stream)));
    }

    // Elements may be nested deeper than a stack is.
    private static string TextOf(IDocument document)
    {
        using var closed = document;
        var text = new LaidOutText();
        INode? node = document.DocumentElement;
        while (node is not null)
        {
            var isSeen = node is not IElement element || IsSeen(element);
            if (isSeen)
                Open(node, text);
            if (isSeen && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                Close(node, text);
                node = node.Parent;
            }

            if (node is not null)
            {
                Close(node, text);
                node = node.NextSibling;
            }
        }

        return text.ToString();
    }

    private static void Open(INode node, LaidOutText text)
    {
        switch (node)
        {
            case IText said when said.ParentElement?.LocalName is "pre" or "textarea":
                text.AppendVerbatim(said.Data);
                break;
            case IText said:
                text.Append(said.Data);
                break;
            case IElement { LocalName: "br" }:
                text.EndLine();
                break;
            case IElement element when s_blocks.Contains(element.LocalName):
                text.EndLine();
                break;
        }
    }

    private static void Close(INode node, LaidOutText text)
    {
        if (node is not IElement element)
            return;

        if (s_blocks.Contains(element.LocalName))
            text.EndLine();
        else if (element.LocalName is "td" or "th")
            text.EndCell();
    }

    private static bool IsSeen(IElement element) =>
        !s_unseen.Contains(element.LocalName) && !element.HasAttribute("hidden") && !(element.GetAttribute("style") is { } style && Hides().IsMatch(style));

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Hides();
}
