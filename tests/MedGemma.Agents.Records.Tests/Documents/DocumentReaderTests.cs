using System.IO.Compression;
using System.Text;
using CsCheck;
using MedGemma.Agents.Records.Documents;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Tests.Documents;

public sealed class DocumentReaderTests
{
    private const string ClinicalDocument = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ClinicalDocument xmlns="urn:hl7-org:v3">
          <title>Discharge &amp; follow-up</title>
          <recordTarget><patientRole><patient><name>Astrid</name></patient></patientRole></recordTarget>
          <component><structuredBody>
            <component><section><title>Allergies</title>
              <text><table><thead><tr><th>Substance</th><th>Reaction</th></tr></thead><tbody><tr><td>Penicillin</td><td>rash</td></tr></tbody></table></text>
              <entry><act><text>coded only</text></act></entry>
            </section></component>
            <component><section><title>Plan</title><text><paragraph>Walk <content styleCode="Bold">daily</content>.</paragraph><list><item>Stop aspirin</item></list></text></section></component>
          </structuredBody></component>
        </ClinicalDocument>
        """;

    [Fact]
    public void Html_is_read_as_a_browser_shows_it()
    {
        const string Html = """
            <!doctype html><html><head><title>t</title><style>p{}</style></head><body>
            <h1>Visit</h1><p>Seen &amp; examined,
               no <b>fev</b>er.</p><script>alert("x")</script>
            <table><tr><td>Sodium</td><td>140</td></tr><tr><td>Potassium</td><td>4.1</td></tr></table>
            <p style="color:red; display: none">hidden order</p><span hidden>hidden too</span><pre>a
              b</pre>one<br>two</body></html>
            """;

        Assert.Equal("Visit\nSeen & examined, no fever.\nSodium\t140\t\nPotassium\t4.1\t\na\n  b\none\ntwo", Text(TextFormat.Html, Html));
    }

    [Fact]
    public void Any_text_in_html_is_read_back() => Gen.String[Gen.Char[' ', '퟿'], 0, 60].Where(text => !text.Any(c => char.IsControl(c))).Sample(text =>
        Assert.Equal(Words(text), Words(Text(TextFormat.Html, $"<div><p>{System.Net.WebUtility.HtmlEncode(text)}</p></div>")!)));

    [Theory]
    [InlineData("<div>", 60_000)]
    [InlineData("<b>", 60_000)]
    [InlineData("<p>", 400_001)]
    public void More_markup_than_a_page_has_is_too_large(string tag, int times) =>
        Assert.Equal(UnreadReason.TooLarge, Read(TextFormat.Html, string.Concat(Enumerable.Repeat(tag, times))).Unread);

    [Fact]
    public void Many_elements_that_do_not_hold_each_other_are_read() =>
        Assert.Equal(40_000, Text(TextFormat.Html, $"<ul>{string.Concat(Enumerable.Repeat("<li><b>x</b>", 40_000))}</ul>")!.Count(c => c == 'x'));

    [Fact]
    public void A_clinical_document_is_its_titles_and_narrative_blocks() =>
        Assert.Equal("Discharge & follow-up\nAllergies\nSubstance\tReaction\t\nPenicillin\trash\t\nPlan\nWalk daily.\nStop aspirin", Text(TextFormat.Cda, ClinicalDocument));

    [Fact]
    public void A_document_that_a_clinical_document_wraps_is_read()
    {
        var inner = Convert.ToBase64String(PdfFiles.Of("Wrapped text."));
        Assert.Equal("Wrapped text.", Text(TextFormat.Cda, Wrapping("application/pdf", inner)));
        Assert.Equal(UnreadReason.NotText, Read(TextFormat.Cda, Wrapping("image/png", inner[..8])).Unread);
        Assert.Equal(UnreadReason.UnknownFormat, Read(TextFormat.Cda, Wrapping("text/xml", Convert.ToBase64String(Encoding.UTF8.GetBytes(Wrapping("text/plain", "YQ=="))))).Unread);
        Assert.Equal(UnreadReason.Damaged, Read(TextFormat.Cda, Wrapping("text/plain", "!")).Unread);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>&e;</title></ClinicalDocument>", UnreadReason.Damaged)]
    [InlineData("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>cut", UnreadReason.Damaged)]
    [InlineData("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", UnreadReason.NoText)]
    [InlineData("<invoice>12</invoice>", UnreadReason.UnknownFormat)]
    public void Xml_that_is_no_whole_clinical_document_is_not_read(string xml, UnreadReason reason) => Assert.Equal(reason, Read(TextFormat.Cda, xml).Unread);

    [Fact]
    public void Pages_of_a_pdf_are_read_in_order()
    {
        var text = DocumentReader.Read(TextFormat.Pdf, PdfFiles.Of("Assessment:\nHeart failure, improved.", "Plan: furosemide 40 mg daily."), null);

        Assert.Null(text.Unread);
        Assert.Equal("Assessment:\nHeart failure, improved.\nPlan: furosemide 40 mg daily.", text.Text);
    }

    [Fact]
    public void A_pdf_of_scans_a_locked_one_and_a_broken_one_are_told_apart()
    {
        const string Page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>";
        var image = PdfFiles.Stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x");
        string[] scan = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", Page, PdfFiles.Stream("", "q 100 0 0 100 0 0 cm /I Do Q"), image];
        var locked = $"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{new string('1', 64)}> /U <{new string('2', 64)}> >> /ID [<01> <01>]";

        Assert.Equal(UnreadReason.NoText, DocumentReader.Read(TextFormat.Pdf, PdfFiles.OfObjects("", scan), null).Unread);
        Assert.Equal(UnreadReason.Encrypted, DocumentReader.Read(TextFormat.Pdf, PdfFiles.OfObjects(locked, scan), null).Unread);
        Assert.Equal(UnreadReason.Damaged, DocumentReader.Read(TextFormat.Pdf, "%PDF-1.7 and nothing"u8.ToArray(), null).Unread);
    }

    [Fact]
    public void Forms_that_draw_forms_without_end_are_stopped()
    {
        // Eight forms, each of which draws the next one ten times.
        var forms = Enumerable.Range(0, 8).Select(level => PdfFiles.Stream(
            $"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {6 + level} 0 R >> >>", level == 7 ? "q Q" : string.Concat(Enumerable.Repeat("/F Do ", 10))));
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>", PdfFiles.Stream("", "/F Do"), .. forms,
        ];

        Assert.Equal(UnreadReason.TooLarge, DocumentReader.Read(TextFormat.Pdf, PdfFiles.OfObjects("", objects), null).Unread);
    }

    [Fact]
    public void What_unpacks_to_more_than_is_read_is_stopped()
    {
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var blanks = new byte[1_000_000];
            Array.Fill(blanks, (byte)' ');
            for (var i = 0; i < 130; i++)
                packing.Write(blanks);
        }

        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            PdfFiles.Stream("/Filter /FlateDecode", Encoding.Latin1.GetString(packed.ToArray())),
        ];

        Assert.Equal(UnreadReason.TooLarge, DocumentReader.Read(TextFormat.Pdf, PdfFiles.OfObjects("", objects), null).Unread);
    }

    [Fact]
    public void A_damaged_pdf_is_read_or_refused_and_nothing_else()
    {
        var whole = PdfFiles.Of("Potassium 4.1 mmol/L.", "Second page.");
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 20].Sample(
            changes =>
            {
                var bytes = whole.ToArray();
                foreach (var (place, value, kind) in changes)
                {
                    if (kind == 0)
                        bytes = bytes[..Math.Max(8, Math.Min(bytes.Length, place))];
                    else if (place < bytes.Length)
                        bytes[place] = value;
                }

                var read = DocumentReader.Read(TextFormat.Pdf, bytes, null);
                Assert.True(read.Text is not null || read.Unread is not null);
            },
            iter: 300);
    }

    [Theory]
    [InlineData("iso-8859-1", new byte[] { 0x4D, 0xFC }, "Mü")]
    [InlineData("windows-1252", new byte[] { 0x80, 0x35 }, "€5")]
    [InlineData(null, new byte[] { 0x4D, 0xC3, 0xBC }, "Mü")]
    [InlineData(null, new byte[] { 0xFF, 0xFE, 0x4D, 0x00 }, "\uFEFFM")]
    public void A_character_set_that_is_named_is_heeded(string? charset, byte[] bytes, string text) => Assert.Equal(text, DocumentReader.Read(TextFormat.Plain, bytes, charset).Text);

    [Fact]
    public void An_unknown_character_set_is_no_guess() => Assert.Equal(UnreadReason.UnknownCharset, DocumentReader.Read(TextFormat.Plain, "x"u8.ToArray(), "klingon").Unread);

    private static string Wrapping(string mediaType, string base64) =>
        $"<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><nonXMLBody><text mediaType=\"{mediaType}\" representation=\"B64\">{base64}</text></nonXMLBody></component></ClinicalDocument>";

    private static DocumentText Read(TextFormat format, string document) => DocumentReader.Read(format, Encoding.UTF8.GetBytes(document), null);

    private static string? Text(TextFormat format, string document) => Read(format, document).Text;

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
