using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>Refuses, before any model reads it, a question that is about somebody else than the patient of the record.</summary>
internal static class QuestionGuard
{
    public static UnsureReason? Find(PatientRecord record, ChartQuestion question)
    {
        var clauses = ClauseSplitter.Split(question.Text);
        if (clauses.Count == 0)
            return new UnsureReason.NotUnderstood("There is no question.");

        foreach (var clause in clauses)
        {
            var text = new QuestionText(clause);
            if (new PatientMentionReader(record, PlannerLexicon.Default).Read(text) is PatientMention.AnotherPatient)
                return new UnsureReason.OtherPatient("The question names another patient than the one whose record is open; open that patient's record to ask it.");

            if (FirstPerson.IsOfClinician(text, question.Asker))
                return new UnsureReason.NotUnderstood("\"I\" is the clinician who asks, not the patient; say whose record is meant.");
        }

        return null;
    }
}
