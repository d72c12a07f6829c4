using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>
/// The rounding policy. A recorded number is stated as it stands (trailing zeros aside). A computed one may be rounded to one decimal place or more,
/// or to three significant digits or more. A sentence that says "about" may round anything.
/// </summary>
internal static class Rounding
{
    public static bool Allows(NumberPiece stated, decimal value, bool isComputed)
    {
        if (stated.Value == value)
            return true;
        if (stated.Value == 0)
            return false;
        if (!stated.IsApproximate && !(isComputed && (stated.Decimals >= 1 || Math.Abs(stated.Value) >= 100)))
            return false;

        return stated.Value == decimal.Round(value, stated.Decimals, MidpointRounding.AwayFromZero)
            || stated.Value == decimal.Round(value, stated.Decimals, MidpointRounding.ToEven);
    }
}
