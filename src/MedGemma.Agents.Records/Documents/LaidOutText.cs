using System.Text;

namespace MedGemma.Agents.Records.Documents;

/// <summary>Text of a document with markup as a person sees it: white space run together, a line for each block, a tab between the cells of a table.</summary>
internal sealed class LaidOutText
{
    private readonly StringBuilder _text = new();
    private bool _space;

    /// <summary>Characters so far.</summary>
    public int Length => _text.Length;

    /// <summary>Adds text in which white space only separates words.</summary>
    public void Append(string text)
    {
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter))
            {
                _space = true;
                continue;
            }

            if (_space && !IsAtBegin)
                _text.Append(' ');
            _space = false;
            _text.Append(letter);
        }
    }

    /// <summary>Adds text whose lines and spaces stand as they are.</summary>
    public void AppendVerbatim(string text)
    {
        _space = false;
        _text.Append(text.ReplaceLineEndings("\n"));
    }

    /// <summary>Ends the line, when there is one.</summary>
    public void EndLine()
    {
        _space = false;
        if (_text.Length > 0 && _text[^1] != '\n')
            _text.Append('\n');
    }

    /// <summary>Ends the cell of a table, when there is one.</summary>
    public void EndCell()
    {
        _space = false;
        if (!IsAtBegin)
            _text.Append('\t');
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString().Trim();

    private bool IsAtBegin => _text.Length == 0 || _text[^1] is '\n' or '\t';
}
