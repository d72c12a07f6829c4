namespace MedGemma.Agents.Sessions.Storage;

/// <summary>A database was written by a newer program; it is left as it is.</summary>
/// <param name="found">Version of the database.</param>
/// <param name="known">Newest version that this program knows.</param>
public sealed class NewerSchemaException(int found, int known)
    : InvalidOperationException($"The session database has schema version {found}; this program knows versions up to {known}. Use the newer program.");
