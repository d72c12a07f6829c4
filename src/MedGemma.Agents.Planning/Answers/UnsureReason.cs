using System.Globalization;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>Why an answer is unsure; closed. Its message is the program's own: no words of a model, of a server or of an exception are in it.</summary>
public abstract record UnsureReason
{
    private UnsureReason(string code, string message)
    {
        Code = code;
        Message = message;
    }

    /// <summary>A stable word for programs.</summary>
    public string Code { get; }

    /// <summary>What happened and what would make the question answerable, for people.</summary>
    public string Message { get; }

    /// <summary>The built-in planner did not understand the question.</summary>
    /// <param name="Why">What was understood.</param>
    public sealed record NotUnderstood(string Why) : UnsureReason("not-understood", Why);

    /// <summary>The question is not about the patient of the record.</summary>
    /// <param name="Why">Why it is refused, without naming anybody.</param>
    public sealed record OtherPatient(string Why) : UnsureReason("other-patient", Why);

    /// <summary>The record was merged into another one, which is the patient's now.</summary>
    /// <param name="Successor">What the link names it by.</param>
    public sealed record Merged(string Successor) : UnsureReason("merged-record", $"This record was merged into {Successor}; open that record to ask it.");

    /// <summary>The record leaves it open: not supplied, ambiguous, or undetermined.</summary>
    /// <param name="Why">What would close it.</param>
    public sealed record OpenInRecord(string Why) : UnsureReason("open-in-record", Why);

    /// <summary>The claims say what was supplied; types that they hang on were not completely supplied, so that there may be a later, a higher, another or one more.</summary>
    /// <param name="Why">What is not known because of which types.</param>
    public sealed record IncompleteRecord(string Why) : UnsureReason("incomplete-record", Why);

    /// <summary>Nothing is coded, and notes that were to be read for it were not read, not all of them, or may not be all: what they say is not known.</summary>
    /// <param name="Why">How much of them was read, and what kept the rest from it.</param>
    public sealed record NotesNotRead(string Why) : UnsureReason("notes-not-read", Why);

    /// <summary>Every sentence written for the answer was refused by the verifier.</summary>
    /// <param name="Why">What was not borne out.</param>
    public sealed record Withheld(string Why) : UnsureReason("withheld", Why);

    /// <summary>No model is configured for an agent.</summary>
    public sealed record NoModel() : UnsureReason("no-model", "No model is configured for the planner.");

    /// <summary>The model does not answer.</summary>
    public sealed record ModelLost() : UnsureReason("model-lost", "The model cannot be reached or has broken off its answer.");

    /// <summary>The model has no place free.</summary>
    /// <param name="RetryAfter">When to ask again.</param>
    public sealed record ModelBusy(TimeSpan RetryAfter)
        : UnsureReason("model-busy", string.Create(CultureInfo.InvariantCulture, $"The model is busy; ask again in {Math.Max(1, Math.Ceiling(RetryAfter.TotalSeconds))} seconds."));

    /// <summary>The model's server refuses the request as it stands.</summary>
    /// <param name="Parameter">The option at fault, as the server's protocol names it.</param>
    public sealed record ModelRefused(string Parameter) : UnsureReason("model-refused", $"The model's server refuses the request because of {Parameter}.");

    /// <summary>What the model must read is longer than it can.</summary>
    public sealed record TooLongForModel() : UnsureReason("too-long-for-model", "What was found is longer than the model can read; ask a narrower question.");

    /// <summary>The model thought for longer than it may. An answer after a thought cut short is worse than none.</summary>
    public sealed record ThinkingCut() : UnsureReason("thinking-cut", "The model thought for longer than it may and gave no answer.");

    /// <summary>The model wrote more than it may.</summary>
    public sealed record OutputCut() : UnsureReason("output-cut", "The model wrote more than it may.");

    /// <summary>The model wrote nothing.</summary>
    public sealed record EmptyOutput() : UnsureReason("empty-output", "The model gave no answer.");

    /// <summary>The model wrote what does not match its schema, twice.</summary>
    public sealed record UnreadableOutput() : UnsureReason("unreadable-output", "The model's answer could not be read.");

    /// <summary>The model's calls could not be carried out, twice in a row.</summary>
    public sealed record WrongCalls() : UnsureReason("wrong-calls", "The model asked for what the record cannot be asked.");

    /// <summary>The model asked the same again.</summary>
    public sealed record Repeating() : UnsureReason("repeating", "The model asked the same again and again.");

    /// <summary>The model would answer without having asked the record.</summary>
    public sealed record NothingAsked() : UnsureReason("nothing-asked", "The model did not look into the record.");

    /// <summary>The model used up what it may use.</summary>
    /// <param name="Budget">What of.</param>
    public sealed record BudgetSpent(TurnBudgetKind Budget)
        : UnsureReason("budget-spent", $"The model used up its {Budget.ToString().ToLowerInvariant()} before it had an answer.");

    /// <summary>The model says that it cannot answer.</summary>
    /// <param name="Why">The reason that it chose.</param>
    public sealed record GaveUp(GiveUpReason Why) : UnsureReason("gave-up", Why switch
    {
        GiveUpReason.NotInRecord => "The model finds nothing in the record that answers the question.",
        GiveUpReason.Unclear => "The model does not understand the question; put it in other words.",
        GiveUpReason.NeedsJudgement => "The question asks for a judgement, and only what is recorded can be said.",
        _ => throw new ArgumentOutOfRangeException(nameof(Why), Why, "Not a reason."),
    });
}
