using System.Text;

namespace MedGemma.Agents.Evaluation.Synthesis.Adversarial;

/// <summary>A folder of cases and the README that says what each must lead to.</summary>
internal sealed class CaseFolder
{
    private readonly string _folder;
    private readonly StringBuilder _readme = new();

    public CaseFolder(string folder, string title)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        _readme.Append("# ").Append(title).Append("\n\n| File | What must happen |\n|---|---|\n");
    }

    public void Add(string name, byte[] content, string expectation)
    {
        File.WriteAllBytes(Path.Combine(_folder, name), content);
        _readme.Append("| `").Append(name).Append("` | ").Append(expectation).Append(" |\n");
    }

    public void Add(string name, string content, string expectation) => Add(name, Encoding.UTF8.GetBytes(content), expectation);

    public void Close() => File.WriteAllText(Path.Combine(_folder, "README.md"), _readme.ToString());
}
