using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Decides whether what a finding came by is what <see cref="RecordSelection.Via"/> names.</summary>
internal sealed class ViaNames
{
    private readonly string _via;
    private readonly IConceptResolver _resolver;
    private readonly HashSet<string> _names;
    private readonly string[] _words;

    public ViaNames(string via, PatientRecord record, IConceptResolver resolver)
    {
        _via = via.Trim();
        _resolver = resolver;
        _words = PhraseText.Tokens(_via);
        var resolved = resolver.Resolve(record, _via, []);
        _names = new HashSet<string>(
            resolved.Match is { How: "code" or "text" or "synonym", Ambiguous: false } ? resolved.Entries.SelectMany(entry => entry.Names) : [],
            StringComparer.OrdinalIgnoreCase) { _via };
    }

    /// <summary>Yes by name or by meaning; unknown when nothing is said, or when a longer or shorter name may mean the same.</summary>
    /// <param name="said">Codes and names of what the finding came by.</param>
    public Admission Decide(IEnumerable<string> said)
    {
        var decision = Admission.Unknown;
        var mayBe = false;
        foreach (var name in said)
        {
            if (_names.Contains(name.Trim()) || _resolver.IsSame(_via, name))
                return Admission.Yes;

            decision = Admission.No;
            var words = PhraseText.Tokens(name);
            mayBe |= words.Length > 0 && (_words.All(words.Contains) || words.All(_words.Contains));
        }

        return mayBe ? Admission.Unknown : decision;
    }
}
