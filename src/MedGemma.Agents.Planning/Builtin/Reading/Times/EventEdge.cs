namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Which end of an event a question means.</summary>
internal enum EventEdge
{
    /// <summary>When it began or happened.</summary>
    Start,

    /// <summary>When it was over: a discharge, a drug stopped.</summary>
    End,
}
