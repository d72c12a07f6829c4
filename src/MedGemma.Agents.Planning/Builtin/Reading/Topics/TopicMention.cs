using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;

namespace MedGemma.Agents.Planning.Builtin.Reading.Topics;

/// <summary>Words of a question that say what it is about.</summary>
/// <param name="Span">Its tokens.</param>
/// <param name="Topic">The row of the lexicon.</param>
internal sealed record TopicMention(TokenSpan Span, Topic Topic);
