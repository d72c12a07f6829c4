using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>
/// Finds what the asker says of himself beside the question: who asks ("Pharmacist here, reconciliation:", "Coder:") and what for ("I have to decide on a mattress."). It bounds nothing of what is asked of the record,
/// and the answer says that it was set aside. A sentence about the patient is never one.
/// </summary>
internal static partial class Asides
{
    // What is longer is no question with a word about who asks it, and takes the patterns long.
    private const int Longest = 400;

    /// <summary>The question without them, and the asides as written.</summary>
    public static (string Text, IReadOnlyList<string> Found) Remove(string text)
    {
        if (text.Length > Longest)
            return (text, []);

        var found = new List<string>();
        string Take(Match match)
        {
            found.Add(match.Groups["aside"].Value.Trim(' ', ',', ':', ';', '-', '–', '.', '!'));
            return match.Value.StartsWith(' ') ? " " : "";
        }

        var left = Purpose().Replace(text, Take);
        left = Label().Replace(left, Take);
        left = Introduction().Replace(left, Take);
        return found.Count > 0 && left.Any(char.IsLetterOrDigit) ? (left.Trim(), found) : (text, []);
    }

    private const string Roles =
        @"coder|clinical coder|pharmacist|clinical pharmacist|ward pharmacist|nurse|night nurse|staff nurse|charge nurse|ward nurse|triage nurse|diabetes nurse|school nurse|wound nurse|stoma nurse|sister|matron|midwife|physio|physiotherapist|physical therapist|ot|occupational therapist|speech therapist|dieti(?:t|c)ian"
        + @"|doctor|dr|gp|registrar|resident|intern|house officer|fy1|sho|consultant|surgeon|anaesthetist|anesthetist|anesthesiologist|cardiologist|oncologist|microbiologist|radiologist|radiographer|paramedic|social worker|case manager|discharge planner|ward clerk|secretary|biller|receptionist"
        + @"|daughter|son|wife|husband|mother|mum|mom|father|dad|partner|relative|carer|next of kin|patient|student|medical student|locum|out of hours|on[\s-]call|night team|day team|icu team|transplant team";

    private const string Purposes =
        @"reconciliation|medication reconciliation|med rec|handover|hand-over|hand-off|sign-out|discharge planning|discharge letter|coding|ward round|round|rounds|pre-op|pre-op check|preop|preop check|pre-assessment|audit|billing|triage|quick question|quick one|question|status check|quick check|safety check|one more|one more thing|another one|urgent|nutrition|nutrition review|medication review|infection control|follow-up call|referral letter";

    // "Coder: which code ...", "Pharmacist here, reconciliation: ...", "For the handover: ...".
    [GeneratedRegex(@"^\s*(?<aside>(?:(?:hi|hello|hey|good morning|good evening)[,!]?\s+)?(?:this is\s+)?(?:(?:the|a|your|his|her)\s+)?(?:(?:" + Roles + @")(?:\s+(?:here|asking|speaking|on call|on nights|on the ward))?|for\s+(?:the\s+|my\s+)?(?:" + Purposes + @")|" + Purposes + @")(?:\s*[,–-]\s*(?:for\s+)?(?:the\s+)?(?:" + Purposes + @"|" + Roles + @"))*)\s*(?::|\s[–-]\s)\s*(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Label();

    // "Physio here.", "I'm the night nurse, ...".
    [GeneratedRegex(@"^\s*(?<aside>(?:(?:hi|hello|hey)[,!]?\s+)?(?:(?:i am|i'm|this is)\s+(?:the|a|his|her|your|one of the)\s+(?:\w+\s+){0,2}(?:" + Roles + @")(?:\s+(?:on|at|in|for|of)\s+(?:\w+\s+){0,2}\w+)?|(?:" + Roles + @")\s+(?:here|speaking|asking))\s*[.,;:!–-]+)\s*(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Introduction();

    // "... I have to decide on a mattress.", "I'd like to talk to the surgeon: who ...", "We are writing the letter - when ...": what the asker does or needs, up to the end of the sentence.
    [GeneratedRegex(
        @"(?:(?<=[?.!;]\s*)|^\s*)(?<aside>(?:(?:i|we)\s+(?:have|need|want|wish|am going|are going|am about|are about|am trying|are trying|am planning|are planning|am preparing|are preparing|would like|am supposed|are supposed|have got)\s+to|(?:i|we)(?:'d|’d)\s+like\s+to|(?:i|we)(?:'ve|’ve)\s+(?:got\s+)?to"
        + @"|(?:i am|i'm|i’m|we are|we're|we’re)\s+(?:going to|about to|trying to|supposed to|writing|planning|preparing|filling|doing|updating|completing|checking|thinking|deciding|arranging|seeing|calling|ringing|reviewing|covering|working|putting|sorting|looking after))\s+(?!(?:know|see|ask|find|be told|have|check|confirm|learn|hear|get|understand|verify)\b)[^?.!;:]*?)(?:[.!;:]|\s[–-]\s|(?=$))\s*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Purpose();
}
