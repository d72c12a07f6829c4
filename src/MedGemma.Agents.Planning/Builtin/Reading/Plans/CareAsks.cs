using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.People;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.Plans;

/// <summary>What is asked of the people around the patient and of what is planned for him.</summary>
/// <param name="Chronic">True when chronic diseases are asked for.</param>
/// <param name="StatusHistory">True when what was decided about resuscitation before is wanted, too.</param>
/// <param name="Plan">What is asked of a care plan.</param>
/// <param name="Order">What is asked of orders and requests, or null.</param>
/// <param name="Contact">What is asked of the people to contact, or null.</param>
/// <param name="Family">What is asked of relatives, or null where none is named.</param>
internal sealed record CareAsks(bool Chronic, bool StatusHistory, PlanAsk Plan, OrderAsk? Order, ContactAsk? Contact, FamilyAsk? Family)
{
    /// <summary>Nothing.</summary>
    public static CareAsks None { get; } = new(false, false, PlanAsk.None, null, null, null);

    /// <summary>Reads all of it, before what is left of the words is looked for in the record.</summary>
    public static CareAsks Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, PlannerLexicon lexicon)
    {
        // "Is an interpreter needed, and for which language": the flag says both.
        if (topics.Exists(mention => mention.Topic.Name == "interpreter"))
            topics.RemoveAll(mention => mention.Topic.Name == "language");

        var chronic = ChronicReader.Read(question, topics);
        var history = CodeStatusReader.AsksHistory(question, topics);
        var plan = PlanReader.Read(question, topics, concepts);
        var order = plan == PlanAsk.None ? OrderReader.Read(question, topics, concepts, lexicon) : null;
        var contact = ContactReader.Read(question, topics, concepts, lexicon.FindTopic("next of kin")!);
        return new CareAsks(chronic, history, plan, order, contact, FamilyReader.Read(question, topics));
    }
}
