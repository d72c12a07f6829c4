using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MedGemma.Agents.Evaluation.Tests;

/// <summary>What every HTML report must be: well formed, with tables that a screen reader can read.</summary>
internal static partial class WellFormedPage
{
    public static void Demand(string html)
    {
        var page = XDocument.Parse(VoidTag().Replace(html["<!DOCTYPE html>".Length..], "<$1/>").Replace("=>", "=&gt;", StringComparison.Ordinal));

        Assert.NotEmpty(page.Descendants("table"));
        Assert.All(page.Descendants("table"), table =>
        {
            var columns = table.Element("thead")!.Descendants("th").Count();
            Assert.NotNull(table.Element("caption"));
            Assert.All(table.Element("thead")!.Descendants("th"), head => Assert.Equal("col", head.Attribute("scope")?.Value));
            Assert.All(table.Element("tbody")!.Elements("tr"), row =>
            {
                Assert.Equal(columns, row.Elements().Count());
                Assert.Equal("row", row.Element("th")?.Attribute("scope")?.Value);
            });
        });
    }

    [GeneratedRegex("<(meta [^>]*)>")]
    private static partial Regex VoidTag();
}
