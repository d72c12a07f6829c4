using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>The checks that a single fact decides. A piece that several have a say about needs one of them.</summary>
internal static class FactChecks
{
    private static readonly NameCheck Names = new();

    private static readonly IFactCheck[] All =
        [new NumberCheck(), new DateCheck(), new StatusCheck(), new KindCheck(), new ElementCheck(), new LateralityCheck(), Names];

    public static bool IsName(Piece piece) => Names.Concerns(piece);

    public static bool Supports(Piece piece, Fact fact, ClaimContext context)
    {
        var concerned = false;
        foreach (var check in All)
        {
            if (!check.Concerns(piece))
                continue;
            if (check.Supports(piece, fact, context))
                return true;
            concerned = true;
        }

        return !concerned;
    }

    public static string Describe(Piece piece, ClaimContext context) => All.First(check => check.Concerns(piece)).Describe(piece, context);
}
