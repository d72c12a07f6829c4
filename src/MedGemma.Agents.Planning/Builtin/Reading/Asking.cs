namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>What the form of a question asks for.</summary>
internal enum Asking
{
    /// <summary>No form was recognised: the kind's own element.</summary>
    Plain,

    /// <summary>How many.</summary>
    Count,

    /// <summary>When.</summary>
    Time,

    /// <summary>Which one: its name.</summary>
    Name,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>How long.</summary>
    Duration,

    /// <summary>All of them.</summary>
    All,
}
