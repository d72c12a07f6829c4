using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Memory;

namespace MedGemma.Agents.Host.Commands;

/// <summary>
/// <c>medgemma models plan</c>: what all configured models take together, or what one costs in memory for several numbers of requests at once and lengths of context, against what the devices of this machine have free.
/// Reads the file's header only.
/// </summary>
internal sealed class ModelsPlanCommand
{
    private static readonly int[] s_slots = [1, 4, 16];
    private static readonly int[] s_contextLengths = [8192, 32_768, 131_072];

    private readonly Option<string?> _model = new("--model") { Description = "Key of a configured model, or path of its GGUF file. Default: all that are configured, together.", HelpName = "KEY|PATH" };
    private readonly Option<string?> _vision = new("--vision") { Description = "GGUF file of the vision tower (mmproj).", HelpName = "PATH" };
    private readonly Option<int[]> _slots = new("--slots") { Description = "Requests worked on at once. Default: 1, 4 and 16.", HelpName = "N", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int[]> _contextLengths = new("--context-length")
    {
        Description = "Tokens of prompt and output of one request. Default: 8192, 32768 and 131072, as far as the model was trained.",
        HelpName = "TOKENS",
        AllowMultipleArgumentsPerToken = true,
    };

    private ModelsPlanCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var verb = new ModelsPlanCommand();
        var command = new Command("plan", "Says what a model costs in memory, and on which devices it fits.") { verb._model, verb._vision, verb._slots, verb._contextLengths };
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var models = ConfiguredModels.Read(CommandServices.ReadConfiguration());
        if (parsed.GetValue(_model) is not { } given)
        {
            return models.ByKey.Count > 0
                ? ConfiguredModelsPlan.Write(parsed.InvocationConfiguration.Output, models, PlannedDevices.Read())
                : throw new CommandRefusedException("models plan: no model is configured; name one by --model", ExitCode.WrongUsage);
        }

        models.ByKey.TryGetValue(given, out var configured);
        var path = configured is null ? given : configured.Path ?? throw new CommandRefusedException($"MedGemma:Models:{given} names no file as Path; it runs on servers only");
        var model = Accepted(ModelFileReader.ReadText(path));
        var vision = (parsed.GetValue(_vision) ?? configured?.VisionPath) is { Length: > 0 } tower ? Accepted(ModelFileReader.ReadVision(tower)) : null;
        if (vision?.Against(model) is { } other)
            throw new CommandRefusedException($"models plan: {other.Message}");

        var slots = Given(parsed, _slots, 1, 128, s_slots);
        var lengths = Given(parsed, _contextLengths, 256, model.Architecture.ContextLength, [.. s_contextLengths.Where(length => length <= model.Architecture.ContextLength)]);
        var output = parsed.InvocationConfiguration.Output;
        Head(output, model, vision);
        var places = Places(PlannedDevices.Read());
        foreach (var length in lengths)
        {
            foreach (var slot in slots)
                Row(output, model, vision, configured ?? new ModelOptions(), length, slot, places);
        }

        output.WriteLine();
        output.WriteLine("full      all positions are kept in every layer; a beginning that requests share is computed once, wherever it ends");
        output.WriteLine("windows   local layers keep their window; shared beginnings are kept as checkpoints, which are in main memory and");
        output.WriteLine("          beside what is shown: one at least, and as many as CheckpointBytes and the memory that is left allow");
        output.WriteLine("8 bit     windows, with keys and values of 8 bits");
        output.WriteLine("Weights and caches are exact; intermediate values are an upper estimate. GPUs: computed, never tried by us.");
        return ExitCode.Done;
    }

    private static void Head(TextWriter output, TextModelFile model, VisionFile? vision)
    {
        var shape = model.Architecture;
        output.WriteLine(Text($"{model.Name}: {Gigabytes(model.WeightBytes)} GiB of weights, most of them {model.WeightType}; {shape.Layers} layers, {shape.GlobalLayers} of them global, the others see {shape.SlidingWindow:N0} tokens"));
        var plan = MemoryPlanner.Plan(model, new(), vision);
        if (vision is not null)
            output.WriteLine(Text($"{vision.Name}: {Gigabytes(plan.Vision)} GiB for images, {vision.Architecture.Tokens} tokens each"));
        output.WriteLine(Text($"A checkpoint takes {MemoryPlanner.Plan(model, new() { FullWindow = false }).Checkpoint / 1048576.0:0} MiB."));
        output.WriteLine();
        output.WriteLine("context  slots  cache      cache GiB   in all GiB   checkpoints GiB   fits");
    }

    private static void Row(TextWriter output, TextModelFile model, VisionFile? vision, ModelOptions configured, int length, int slots, IReadOnlyList<Place> places)
    {
        foreach (var (name, full, quantized) in new[] { ("full", true, false), ("windows", false, false), ("8 bit", false, true) })
        {
            // Where only windows are kept, the engine holds the room of one more for shared beginnings.
            var options = new MemoryPlanOptions
            {
                Cells = checked(length * slots), Sequences = full ? slots : slots + 1, MicroBatch = Math.Max(configured.TokensPerStep, vision?.Architecture.Tokens ?? 0),
                FullWindow = full, QuantizedCache = quantized,
            };
            var plan = MemoryPlanner.Plan(model, options, vision);
            var fitting = places.Where(place => MemoryCheck.Refusal(model, plan, place.Gpus, place.Machine) is null).Select(place => place.Name).ToList();
            output.WriteLine(Text($"{length,7:N0}  {slots,5}  {name,-9}  {Gigabytes(plan.Cache),9}  {Gigabytes(plan.Device),11}   {Checkpoints(plan, configured),15}   {(fitting.Count == 0 ? "nowhere here" : string.Join(", ", fitting))}"));
        }
    }

    private static string Checkpoints(MemoryPlan plan, ModelOptions configured) =>
        plan.Checkpoints == 0 ? "-" : $"{Gigabytes(plan.Checkpoint)} to {Gigabytes(plan.Checkpoint + configured.CheckpointBytes)}";

    private static List<Place> Places(PlannedDevices devices)
    {
        var machine = devices.Machine;
        var places = new List<Place> { new(machine is null ? "CPU" : Text($"CPU ({Gigabytes(machine.Free)} free)"), [], machine) };
        places.AddRange(devices.Gpus.Select(gpu => new Place(Text($"{gpu.Name} ({Gigabytes(gpu.Free)} free)"), [gpu.Free], machine)));
        if (devices.Gpus.Count > 1)
            places.Add(new(Text($"all GPUs ({Gigabytes(devices.Gpus.Sum(gpu => gpu.Free))} free)"), [.. devices.Gpus.Select(gpu => gpu.Free)], machine));

        return places;
    }

    private static int[] Given(ParseResult parsed, Option<int[]> option, int lowest, int highest, int[] otherwise)
    {
        var given = parsed.GetValue(option);
        if (given is not { Length: > 0 })
            return otherwise.Length > 0 ? otherwise : [highest];
        return given.All(number => number >= lowest && number <= highest)
            ? given
            : throw new CommandRefusedException($"models plan: {option.Name} must be between {lowest} and {highest}", ExitCode.WrongUsage);
    }

    private static T Accepted<T>(ModelFileResult<T> result)
        where T : ModelFile => result switch
        {
            ModelFileResult<T>.Accepted(var file) => file,
            ModelFileResult<T>.Refused(var refusal) => throw new CommandRefusedException($"models plan: {refusal.Message}"),
            _ => throw new InvalidOperationException("There is no third result."),
        };

    private static string Gigabytes(long bytes) => Text($"{bytes / 1073741824.0:0.0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Place(string Name, IReadOnlyList<long> Gpus, MachineMemory? Machine);
}
