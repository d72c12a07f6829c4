using System.CommandLine;
using MedGemma.Agents.Host.Inference;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Memory;

namespace MedGemma.Agents.Host.Commands;

/// <summary>The options by which verbs name a model: a key of the configuration, or a file with what the configuration would say of it.</summary>
internal sealed class ModelChoice
{
    private readonly Option<string> _model = new("--model") { Description = "Key of a configured model, or path of its GGUF file.", HelpName = "KEY|PATH", Required = true };
    private readonly Option<string?> _device = new("--device") { Description = "auto, cpu, cuda:0 or cuda:0+1. Default: auto.", HelpName = "DEVICES" };
    private readonly Option<string?> _vision = new("--vision") { Description = "GGUF file of the vision tower (mmproj).", HelpName = "PATH" };
    private readonly Option<int?> _contextLength = new("--context-length") { Description = "Tokens of prompt and output of one request. Default: 32768.", HelpName = "TOKENS" };
    private readonly Option<int?> _slots = new("--slots") { Description = "Requests worked on at once. Default: 4.", HelpName = "N" };
    private readonly Option<int?> _tokensPerStep = new("--tokens-per-step") { Description = "Most tokens of one step, prompts and output together. Default: 512.", HelpName = "TOKENS" };
    private readonly Option<CacheWindow?> _window = new("--window") { Description = "Positions that local layers keep: Auto, Full or Sliding. Default: Auto.", HelpName = "WINDOW" };
    private readonly Option<bool> _quantizedCache = new("--quantized-cache") { Description = "Keys and values take 8 bits instead of 16." };
    private readonly Option<long?> _checkpointBytes = new("--checkpoint-bytes") { Description = "Most main memory for checkpoints, where only windows are kept. Default: 4 GiB.", HelpName = "BYTES" };
    private readonly Option<int?> _threads = new("--threads") { Description = "CPU threads; 0 for all cores but one.", HelpName = "N" };
    private readonly Option<string?> _cpuLibrary = new("--cpu-library") { Description = "The engine's library for the processor, as 'models doctor' names them. Default: its own choice.", HelpName = "NAME" };
    private readonly Option<bool> _thinking = new("--thinking") { Description = "The model was trained to think before it answers." };
    private readonly Option<string[]> _adapters = new("--adapter") { Description = "A LoRA adapter as NAME=PATH; may be repeated.", HelpName = "NAME=PATH" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _model, _device, _vision, _contextLength, _slots, _tokensPerStep, _window, _quantizedCache, _checkpointBytes, _threads, _cpuLibrary, _thinking, _adapters })
            command.Options.Add(option);
    }

    /// <summary>The model that is named, as it would run here.</summary>
    /// <exception cref="CommandRefusedException">There is no such model, or an option is out of range.</exception>
    public InferenceSettings Settings(ParseResult parsed, IConfiguration configuration)
    {
        var given = parsed.GetRequiredValue(_model);
        ConfiguredModels.Read(configuration).ByKey.TryGetValue(given, out var configured);
        var options = configured ?? new ModelOptions();
        var path = configured is null ? given : configured.Path ?? throw new CommandRefusedException($"MedGemma:Models:{given} names no file as Path; it runs on servers only");
        if (!File.Exists(path))
            throw new CommandRefusedException($"'{given}' is neither a model of MedGemma:Models nor a file");

        var device = parsed.GetValue(_device) ?? options.Replicas.FirstOrDefault(replica => ReplicaAddress.TryParse(replica, out var address, out _) && address is ReplicaAddress.Devices) ?? "auto";
        if (!ReplicaAddress.TryParse(device, out var devices, out _) || devices is not ReplicaAddress.Devices)
            throw new CommandRefusedException($"--device: '{device}' is no device; give auto, cpu, cuda:0 or cuda:0+1", ExitCode.WrongUsage);

        return new InferenceSettings
        {
            Name = configured is null ? Path.GetFileNameWithoutExtension(path) : given,
            Path = path,
            VisionPath = parsed.GetValue(_vision) ?? options.VisionPath,
            Devices = device,
            ContextLength = InRange(parsed, _contextLength, 256, 131_072) ?? options.ContextLength,
            Slots = InRange(parsed, _slots, 1, 128) ?? options.Slots,
            TokensPerStep = InRange(parsed, _tokensPerStep, 16, 8192) ?? options.TokensPerStep,
            Window = parsed.GetValue(_window) ?? options.Window,
            QuantizedCache = parsed.GetValue(_quantizedCache) || options.QuantizedCache,
            CheckpointBytes = parsed.GetValue(_checkpointBytes) ?? options.CheckpointBytes,
            BatchAging = options.Pool.Aging,
            Threads = InRange(parsed, _threads, 0, 1024) ?? options.Threads,
            CpuLibrary = parsed.GetValue(_cpuLibrary) ?? options.CpuLibrary,
            Thinking = parsed.GetValue(_thinking) || options.Thinking,
            Adapters = (parsed.GetValue(_adapters) ?? []) is { Length: > 0 } adapters ? adapters.Select(Adapter).ToDictionary(StringComparer.Ordinal) : options.Adapters.ToDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>The models to start for a chat with the one that is named, and its key among them. A configured one is started as configured, servers and all.</summary>
    /// <exception cref="CommandRefusedException">There is no such model, or an option is out of range.</exception>
    public (string Key, ConfiguredModels Models) Models(ParseResult parsed, IConfiguration configuration)
    {
        var given = parsed.GetRequiredValue(_model);
        var configured = ConfiguredModels.Read(configuration);
        if (configured.ByKey.ContainsKey(given))
            return (given, configured);

        const string Key = "model";
        var settings = Settings(parsed, configuration);

        // Before a process is started for it, which would be started again and again.
        if (ModelFileSet.Read(settings.Path, settings.VisionPath, settings.Adapters.Values) is ModelFileResult<ModelFileSet>.Refused(var refusal))
            throw new CommandRefusedException(refusal.Message);

        var values = new Dictionary<string, string?>
        {
            [nameof(ModelOptions.Path)] = settings.Path,
            [nameof(ModelOptions.VisionPath)] = settings.VisionPath,
            [nameof(ModelOptions.Replicas) + ":0"] = settings.Devices,
            [nameof(ModelOptions.ContextLength)] = Text(settings.ContextLength),
            [nameof(ModelOptions.Slots)] = Text(settings.Slots),
            [nameof(ModelOptions.TokensPerStep)] = Text(settings.TokensPerStep),
            [nameof(ModelOptions.Window)] = settings.Window.ToString(),
            [nameof(ModelOptions.QuantizedCache)] = settings.QuantizedCache.ToString(),
            [nameof(ModelOptions.CheckpointBytes)] = Text(settings.CheckpointBytes),
            [nameof(ModelOptions.Threads)] = Text(settings.Threads),
            [nameof(ModelOptions.CpuLibrary)] = settings.CpuLibrary,
            [nameof(ModelOptions.Thinking)] = settings.Thinking.ToString(),
        };
        foreach (var (name, adapter) in settings.Adapters)
            values[$"{nameof(ModelOptions.Adapters)}:{name}"] = adapter;

        var alone = values.Where(value => value.Value is not null).ToDictionary(value => $"{ConfiguredModels.Section}:{Key}:{value.Key}", value => value.Value);
        return (Key, ConfiguredModels.Read(new ConfigurationBuilder().AddInMemoryCollection(alone).Build()));
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static int? InRange(ParseResult parsed, Option<int?> option, int lowest, int highest) => parsed.GetValue(option) is not { } value ? null
        : value >= lowest && value <= highest ? value
        : throw new CommandRefusedException($"{option.Name} must be between {lowest} and {highest}", ExitCode.WrongUsage);

    private static KeyValuePair<string, string> Adapter(string text) => text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } path] && File.Exists(path)
        ? KeyValuePair.Create(name, path)
        : throw new CommandRefusedException($"--adapter: '{text}' is not NAME=PATH of a file that exists", ExitCode.WrongUsage);
}
