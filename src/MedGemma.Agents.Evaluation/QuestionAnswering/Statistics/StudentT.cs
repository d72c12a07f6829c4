namespace MedGemma.Agents.Evaluation.QuestionAnswering.Statistics;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    /// <summary>
    /// The 97.5 % quantile by G. W. Hill's Algorithm 396 (Comm. ACM 13, 1970, https://doi.org/10.1145/355598.355600), exact for one and
    /// two degrees of freedom and within 1e-4 beyond.
    /// </summary>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Quantile975(int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        const double TwoTailed = 0.05;
        const double NormalQuantile = -1.9599639845400542;
        if (degrees == 1)
            return 1 / Math.Tan(TwoTailed * Math.PI / 2);

        if (degrees == 2)
            return Math.Sqrt((2 / (TwoTailed * (2 - TwoTailed))) - 2);

        double n = degrees;
        var a = 1 / (n - 0.5);
        var b = 48 / (a * a);
        var c = ((((20700 * a / b) - 98) * a) - 16) * a + 96.36;
        var d = ((((94.5 / (b + c)) - 3) / b) + 1) * Math.Sqrt(a * Math.PI / 2) * n;
        var x = d * TwoTailed;
        var y = Math.Pow(x, 2 / n);
        if (y > 0.05 + a)
        {
            x = NormalQuantile;
            y = x * x;
            if (degrees < 5)
                c += 0.3 * (n - 4.5) * (x + 0.6);

            c = ((((((0.05 * d * x) - 5) * x) - 7) * x) - 2) * x + b + c;
            y = (((((((((0.4 * y) + 6.3) * y) + 36) * y) + 94.5) / c) - y - 3) / b + 1) * x;
            y = a * y * y;
            y = y > 0.002 ? Math.Exp(y) - 1 : (0.5 * y * y) + y;
        }
        else
        {
            y = ((1 / ((((n + 6) / (n * y)) - (0.089 * d) - 0.822) * (n + 2) * 3) + (0.5 / (n + 4))) * y - 1) * (n + 1) / (n + 2) + (1 / y);
        }

        return Math.Sqrt(n * y);
    }
}
