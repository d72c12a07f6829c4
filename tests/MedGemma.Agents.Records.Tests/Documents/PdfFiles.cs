using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace MedGemma.Agents.Records.Tests.Documents;

/// <summary>PDF files: well-formed ones by a library, odd ones object by object.</summary>
internal static class PdfFiles
{
    /// <summary>A file with one page for each text, a line for each of its lines.</summary>
    public static byte[] Of(params string[] pages)
    {
        using var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (var text in pages)
        {
            var page = builder.AddPage(PageSize.A4);
            var lines = text.Split('\n');
            for (var line = 0; line < lines.Length; line++)
                page.AddText(lines[line], 11, new PdfPoint(40, 800 - (16 * line)), font);
        }

        return builder.Build();
    }

    /// <summary>A file of these objects, numbered from 1; the first is the catalogue.</summary>
    public static byte[] OfObjects(string trailer, params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (var number = 1; number <= objects.Length; number++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{objects[number - 1]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>A stream object.</summary>
    public static string Stream(string dictionary, string content) => $"<< {dictionary} /Length {content.Length} >>\nstream\n{content}\nendstream";
}
