namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>
/// What a model takes on each of the GPUs that its layers are spread over. Layers go as llama.cpp puts them where no split is given: in proportion to the free memory, in order, the output
/// with the last ones; each layer's keys and values are where it is, and each GPU has intermediate values of its own. The vision tower is on the first.
/// </summary>
public static class DeviceSplit
{
    /// <summary>Computes it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="plan">What it costs in all.</param>
    /// <param name="gpus">Bytes free on each GPU, at least one.</param>
    /// <returns>Bytes on each GPU.</returns>
    public static IReadOnlyList<long> Of(TextModelFile model, MemoryPlan plan, IReadOnlyList<long> gpus)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(gpus);
        if (gpus.Count == 1)
            return [plan.Device];

        var shape = model.Architecture;
        var needed = gpus.Select(_ => plan.Compute).ToArray();
        needed[0] += plan.Vision;
        var layers = new long[shape.Layers];
        for (var layer = 0; layer < shape.Layers; layer++)
            layers[layer] = IsGlobal(shape, layer) ? plan.GlobalCache / shape.GlobalLayers : plan.LocalCache / shape.LocalLayers;

        var rest = plan.Output;
        foreach (var tensor in model.Tensors.Values)
        {
            if (Layer(tensor.Name) is { } layer)
                layers[layer] += tensor.Bytes;
            else
                rest += tensor.Bytes;
        }

        foreach (var (layer, bytes) in layers.Append(rest).Index())
            needed[Place(layer, shape.Layers + 1, gpus)] += bytes;

        return needed;
    }

    private static bool IsGlobal(GemmaArchitecture shape, int layer) => layer % shape.Pattern == shape.Pattern - 1;

    private static int? Layer(string tensor) =>
        tensor.Split('.') is ["blk", var number, ..] && int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var layer) ? layer : null;

    private static int Place(int layer, int layers, IReadOnlyList<long> gpus)
    {
        var total = (double)gpus.Sum();
        var upTo = 0L;
        for (var gpu = 0; gpu < gpus.Count - 1; gpu++)
        {
            upTo += gpus[gpu];
            if ((double)layer / layers < upTo / total)
                return gpu;
        }

        return gpus.Count - 1;
    }
}
