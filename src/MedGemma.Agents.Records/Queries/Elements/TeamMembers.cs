using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads the members of a care team by themselves: who they are and what they are in it.</summary>
internal static class TeamMembers
{
    /// <summary>The roles of one member, or of all; none where one of them has no role, as he may have any.</summary>
    public static IEnumerable<ElementValue> Roles(ElementCursor team, int member)
    {
        var members = team.Children("participant").ToList();
        if (member >= 0)
            return member < members.Count ? RolesOf(members[member]) : [];

        var roles = members.ConvertAll(one => RolesOf(one).ToList());
        return roles.TrueForAll(of => of.Count > 0) ? roles.SelectMany(of => of) : [];
    }

    /// <summary>The name of one member.</summary>
    public static IEnumerable<ElementValue> Name(PatientRecord record, ElementCursor team, int member) =>
        team.Children("participant").Skip(member).Take(1).SelectMany(one => one.Children("member")).Select(reference => References.Name(record, reference)).OfType<ElementValue>();

    private static IEnumerable<ElementValue> RolesOf(ElementCursor participant) => participant.Children("role").Select(CodeableConcepts.Name).OfType<ElementValue>();
}
