using System.Text;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Tests.Documents;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>Free text of every carrier, and what is said when one cannot be read. Every value is proved by the helper on the way.</summary>
public sealed class FreeTextTests
{
    private static readonly RecordSelection s_anything = Of(RecordKind.Any);

    public static TheoryData<string, string> Carriers { get; } = new()
    {
        { Order("o", "2024-01-01T08:00:00Z", "Heparin", ",'note':[{'text':'Check platelets.'}]"), "Check platelets." },
        { "{'resourceType':'AllergyIntolerance','id':'a','code':{'text':'Latex'},'recordedDate':'2024-01-01','reaction':[{'description':'Blisters.','note':[{'text':'Seen by the nurse.'}]}]}", "Blisters.|Seen by the nurse." },
        { "{'resourceType':'CarePlan','id':'c','status':'active','intent':'plan','description':'Rehab.','activity':[{'progress':[{'text':'Walks 20 m.'}]}],'period':{'start':'2024-01-01'}}", "Rehab.|Walks 20 m." },
        { "{'resourceType':'FamilyMemberHistory','id':'f','status':'completed','relationship':{'text':'Mother'},'condition':[{'code':{'text':'Stroke'},'note':[{'text':'At 60.'}]}]}", "At 60." },
        { "{'resourceType':'Communication','id':'k','status':'completed','sent':'2024-01-01T08:00:00Z','payload':[{'contentString':'Called the family.'}]}", "Called the family." },
        { Narrative("additional", "<p>Lives <b>alone</b>.</p>"), "Lives alone." },
        { Narrative("extensions", "From an extension."), "From an extension." },
        { Narrative("generated", "Repeats the data."), "" },
        { Narrative("empty", ""), "" },
        { "{'resourceType':'Composition','id':'d','status':'final','type':{'text':'Summary'},'date':'2024-01-01T08:00:00Z','title':'Summary','section':[{'title':'Course','text':{'status':'additional','div':'<div>Stable.</div>'},'section':[{'title':'Labs','text':{'status':'additional','div':'<div>Normal.</div>'}}]}]}", "Stable.|Normal." },
        { Document(("text/html", Encoding.UTF8.GetBytes("<p>Seen &amp; well</p>"))), "Seen & well" },
        { Document(("application/pdf", PdfFiles.Of("Echo: normal."))), "Echo: normal." },
        { Document(("application/octet-stream", PdfFiles.Of("By its bytes."))), "By its bytes." },
        { Document((null, "No type."u8.ToArray())), "No type." },
        { Document(("text/plain; charset=iso-8859-1", [0x4D, 0xFC])), "Mü" },
        { Document(("application/xml", "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>Letter</title></ClinicalDocument>"u8.ToArray())), "Letter" },
        { Document(("text/rtf", @"{\rtf1 Same.}"u8.ToArray()), ("text/plain", "Same."u8.ToArray()), ("text/html", "<p>Same.</p>"u8.ToArray())), "Same." },
    };

    [Theory]
    [MemberData(nameof(Carriers))]
    public void Free_text_is_read_of_every_carrier(string resource, string expected)
    {
        var result = Run(Complete(resource), s_anything, new ListAggregate(), ResultElement.Text);

        Assert.Equal(expected, string.Join('|', Texts(result)));
        Assert.Empty(result.Unread);
    }

    [Theory]
    [InlineData("text/rtf", @"{\rtf1 x}", UnreadReason.UnknownFormat)]
    [InlineData("text/plain", @"{\rtf1 x}", UnreadReason.UnknownFormat)]
    [InlineData("application/msword", "x", UnreadReason.UnknownFormat)]
    [InlineData("image/jpeg", "x", UnreadReason.NotText)]
    [InlineData("application/pdf", "x", UnreadReason.Damaged)]
    [InlineData("text/plain; charset=klingon", "x", UnreadReason.UnknownCharset)]
    public void A_text_that_cannot_be_read_is_said_and_leaves_absence_open(string type, string content, UnreadReason reason)
    {
        var record = Complete(Document((type, Encoding.UTF8.GetBytes(content))));
        var all = Run(record, Of(RecordKind.Document), new ListAggregate(), ResultElement.Text);
        var named = Run(record, Of(RecordKind.Document) with { NoteText = "fever" }, new ExistsAggregate());

        var unread = Assert.Single(all.Unread);
        Assert.Equal((reason, "DocumentReference.content[0].attachment"), (unread.Reason, unread.Path));
        Assert.Equal(QueryOutcome.Failed, all.Outcome);
        Assert.Contains("1 document could not be read", all.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(QueryOutcome.Failed, named.Outcome);
    }

    [Fact]
    public void A_text_that_is_elsewhere_is_followed_or_said()
    {
        var report = "{'resourceType':'DiagnosticReport','id':'r','status':'final','code':{'text':'CT'},'effectiveDateTime':'2024-01-01T08:00:00Z','presentedForm':[{'contentType':'text/html','url':'Binary/b'}]}";
        var binary = $"{{'resourceType':'Binary','id':'b','contentType':'text/html','data':'{Convert.ToBase64String("<p>No bleed.</p>"u8)}'}}";

        Assert.Equal(["No bleed."], Texts(Run(Complete(report, binary), s_anything, new ListAggregate(), ResultElement.Text)));
        Assert.Equal(UnreadReason.NotSupplied, Assert.Single(Run(Complete(report), s_anything, new ListAggregate(), ResultElement.Text).Unread).Reason);
    }

    [Fact]
    public void What_can_be_read_beside_what_cannot_is_given_with_the_remark()
    {
        var record = Complete(Document(("text/plain", "Well."u8.ToArray())), Document(("text/rtf", @"{\rtf1 x}"u8.ToArray())).Replace("'d'", "'e'", StringComparison.Ordinal));
        var all = Run(record, Of(RecordKind.Document), new ListAggregate(), ResultElement.Text);

        Assert.Equal(["Well."], Texts(all));
        Assert.Single(all.Unread);
        Assert.Contains(all.Notes, note => note.Contains("1 in a format that is not read here", StringComparison.Ordinal));
        Assert.Equal(QueryOutcome.Found, Run(record, Of(RecordKind.Document) with { NoteText = "well" }, new ExistsAggregate()).Outcome);
    }

    [Fact]
    public void A_note_has_its_own_time_and_none_is_from_after_the_question()
    {
        var record = Complete(Order("o", "2024-01-01T08:00:00Z", "Heparin", ",'note':[{'time':'2024-02-01T08:00:00Z','text':'Then.'},{'time':'2024-12-02','text':'Later than asked.'}]"));
        var value = Assert.Single(Run(record, s_anything, new ListAggregate(), ResultElement.Text).Values);

        Assert.Equal(("Then.", "2024-02-01T08:00:00Z"), (value.Value.GetString(), value.Time));
    }

    private static string Narrative(string status, string content) =>
        $"{{'resourceType':'Condition','id':'n','text':{{'status':'{status}','div':'<div>{content}</div>'}},'code':{{'text':'Frailty'}},'recordedDate':'2024-01-01'}}";

    private static string Document(params (string? Type, byte[] Content)[] formats)
    {
        var content = formats.Select(format => $"{{'attachment':{{{(format.Type is null ? "" : $"'contentType':'{format.Type}',")}'data':'{Convert.ToBase64String(format.Content)}'}}}}");
        return $"{{'resourceType':'DocumentReference','id':'d','status':'current','type':{{'text':'Note'}},'date':'2024-01-01T08:00:00Z','content':[{string.Join(',', content)}]}}";
    }
}
