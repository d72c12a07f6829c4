using System.Text.Json;

namespace MedGemma.Agents.Inference.Grammars.Schemas;

/// <summary>
/// Shows that no value satisfies two schemas at once. A grammar's alternatives mean <c>anyOf</c>, so a <c>oneOf</c> is compiled only where this can be shown.
/// </summary>
internal static class SchemaDisjointness
{
    private const int DeepestProof = 4;

    public static bool Holds(SchemaConjunction one, SchemaConjunction other, RefusalList refusals) => Holds(one, other, refusals, 0);

    private static bool Holds(SchemaConjunction one, SchemaConjunction other, RefusalList refusals, int depth)
    {
        if (depth > DeepestProof)
            return false;
        if (one.Undecided is { } group)
            return group.Branches.All(branch => Holds(one.Choose(group, branch, refusals), other, refusals, depth + 1));
        if (other.Undecided is not null)
            return Holds(other, one, refusals, depth + 1);

        var types = one.Types & other.Types;
        return types == SchemaTypes.None
            || ValuesApart(one, other)
            || ValuesApart(other, one)
            || (types == SchemaTypes.Object && (MembersApart(one, other, refusals, depth) || MembersApart(other, one, refusals, depth)))
            || (types == SchemaTypes.Integer && (one.Nodes.Max(node => node.Minimum) > other.Nodes.Min(node => node.Maximum) || other.Nodes.Max(node => node.Minimum) > one.Nodes.Min(node => node.Maximum)));
    }

    private static bool ValuesApart(SchemaConjunction one, SchemaConjunction other) =>
        one.Nodes.FirstOrDefault(node => node.Values is not null)?.Values is { } values
        && values.All(value => !Fits(value, one) || !Fits(value, other));

    private static bool Fits(JsonElement value, SchemaConjunction schemas) =>
        schemas.Types.HasFlag(SchemaTypeNames.Of(value)) && schemas.Nodes.All(node => node.Values?.Any(allowed => JsonElement.DeepEquals(allowed, value)) ?? true);

    // A member that one must have and that the other forbids, or can have only with other values.
    private static bool MembersApart(SchemaConjunction one, SchemaConjunction other, RefusalList refusals, int depth) =>
        one.Nodes.SelectMany(node => node.Required).Distinct(StringComparer.Ordinal).Any(name =>
            Holds(SchemaConjunction.Of(SchemaMembers.Named(one, name), refusals), SchemaConjunction.Of(SchemaMembers.Named(other, name), refusals), refusals, depth + 1));
}
