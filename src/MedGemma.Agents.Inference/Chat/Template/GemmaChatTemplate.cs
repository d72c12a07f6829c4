using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Chat.Template;

/// <summary>
/// Gemma 3's chat template (https://ai.google.dev/gemma/docs/core/prompt-structure, and the chat_template of the model files): there is no system turn, the system
/// text stands before the first user turn; <c>assistant</c> is called <c>model</c>; texts lose the white space around them; the last turn is the model's, open.
/// </summary>
internal static class GemmaChatTemplate
{
    private const string UserTurn = "user\n";

    // What C's isspace takes for white space, which is what llama.cpp trims.
    private static readonly char[] White = [' ', '\t', '\n', '\v', '\f', '\r'];

    /// <summary>Renders a conversation.</summary>
    /// <param name="system">System text; may be empty.</param>
    /// <param name="turns">Turns that alternate, from a user's to a user's.</param>
    public static IReadOnlyList<PromptPart> Render(string system, IReadOnlyList<ChatTurn> turns)
    {
        var prompt = new Prompt();
        prompt.Add(ControlToken.BeginOfSequence);
        foreach (var (i, turn) in turns.Index())
        {
            if (turn.IsModel != (i % 2 == 1))
                throw new InvalidOperationException("Turns must alternate, and the first one must be the user's.");

            prompt.Add(ControlToken.StartOfTurn);
            prompt.Add(turn.IsModel ? "model\n" : UserTurn);
            if (i == 0)
                prompt.Add(Instruction(system));

            foreach (var item in turn.Items)
                prompt.Add(item);

            prompt.Add(ControlToken.EndOfTurn);
            prompt.Add("\n");
        }

        prompt.Add(ControlToken.StartOfTurn);
        prompt.Add("model\n");
        return prompt.Parts();
    }

    /// <summary>How many characters of the prompt's texts, from the start, come of the system text and of what stands before it.</summary>
    public static int SystemCharacters(string system) => Instruction(system) is { Length: > 0 } instruction ? UserTurn.Length + instruction.Length : 0;

    private static string Instruction(string system) => system.Trim(White) is { Length: > 0 } instruction ? instruction + "\n\n" : "";

    private sealed class Prompt
    {
        private readonly List<PromptPart> _parts = [];

        // Text between two control tokens is tokenised as one piece, because tokens may span where the template joins it.
        private string _text = "";

        public void Add(string text) => _text += text;

        public void Add(ControlToken token)
        {
            Flush();
            _parts.Add(new PromptPart.Control(token));
        }

        public void Add(PromptPart item)
        {
            if (item is PromptPart.Text(var text))
            {
                Add(text.Trim(White));
                return;
            }

            Add("\n\n");
            Add(ControlToken.StartOfImage);
            _parts.Add(item);
            Add(ControlToken.EndOfImage);
            Add("\n\n");
        }

        public List<PromptPart> Parts()
        {
            Flush();
            return _parts;
        }

        private void Flush()
        {
            if (_text.Length > 0)
                _parts.Add(new PromptPart.Text(_text));

            _text = "";
        }
    }
}
