using System.Reflection;
using System.Runtime.CompilerServices;

namespace MedGemma.Agents.Host.Tests.Architecture;

/// <summary>The compiler records only references that are used, so what an assembly refers to is what its code knows.</summary>
public sealed class DependencyArrowTests
{
    public static TheoryData<string> Projects() => [.. SourceTree.Projects()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_knows_only_the_rooms_that_it_may(string project)
    {
        var assembly = Assembly.Load(ArrowRules.AssemblyOf(project));

        Assert.Empty(ArrowRules.Broken(assembly.GetName().Name!, assembly.GetReferencedAssemblies().Select(reference => reference.Name!)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_tests_see_the_internals_of_a_room(string project)
    {
        var assembly = Assembly.Load(ArrowRules.AssemblyOf(project));

        Assert.Empty(ArrowRules.Friends(project, assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName)));
    }

    [Fact]
    public void The_arrows_that_there_must_be_are_seen()
    {
        Assert.Contains("MedGemma.Agents.Records", References("MedGemma.Agents.Planning"));
        Assert.Contains("MedGemma.Agents.Planning", References("MedGemma.Agents.Sessions"));
        Assert.Contains("MedGemma.Agents.Planning", References("MedGemma.Agents.Evaluation"));
        Assert.Contains("MedGemma.Agents.Sessions", References(ArrowRules.Host));
    }

    [Theory]
    [InlineData("MedGemma.Agents.Records", "MedGemma.Agents.Planning", "Records -> Planning")]
    [InlineData("MedGemma.Agents.Planning", "MedGemma.Agents.Sessions", "Planning -> Sessions")]
    [InlineData("MedGemma.Agents.Planning", "MedGemma.Agents.Inference", "Planning -> Inference")]
    [InlineData("MedGemma.Agents.Evaluation", "MedGemma.Agents.Sessions", "Evaluation -> Sessions")]
    [InlineData("MedGemma.Agents.Sessions", "medgemma", "Sessions -> Host")]
    [InlineData("MedGemma.Agents.Everything", "System.Text.Json", "MedGemma.Agents.Everything has no place among the arrows")]
    public void An_arrow_that_may_not_be_is_found(string assembly, string reference, string broken) =>
        Assert.Equal([broken], ArrowRules.Broken(assembly, [reference]));

    [Fact]
    public void A_friend_that_is_no_test_is_found() =>
        Assert.Single(ArrowRules.Friends("MedGemma.Agents.Records", ["MedGemma.Agents.Records.Tests", "MedGemma.Agents.Sessions"]));

    private static IEnumerable<string?> References(string assembly) => Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name);
}
