using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Models;

/// <summary>A folder for the model files of one test.</summary>
internal sealed class ModelFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("models-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(GgufFile file, string name = "model.gguf") => file.Write(this[name]);

    public string Write(byte[] bytes, string name = "model.gguf")
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
