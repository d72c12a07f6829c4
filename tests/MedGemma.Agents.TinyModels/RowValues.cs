namespace MedGemma.Agents.TinyModels;

/// <summary>Gives one row of a tensor.</summary>
/// <param name="row">Its number, counted through all higher dimensions.</param>
/// <param name="values">Where the values go; as long as the first dimension.</param>
public delegate void RowValues(long row, Span<float> values);
