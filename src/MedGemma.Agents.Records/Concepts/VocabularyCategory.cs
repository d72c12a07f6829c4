namespace MedGemma.Agents.Records.Concepts;

/// <summary>What sort of thing a vocabulary term is.</summary>
public enum VocabularyCategory
{
    /// <summary>A drug by its generic name, with its brands.</summary>
    Drug,
    /// <summary>A group of drugs.</summary>
    DrugClass,
    /// <summary>A laboratory test or a group of them.</summary>
    Laboratory,
    /// <summary>A vital sign or bedside measurement.</summary>
    VitalSign,
    /// <summary>A disease, symptom or injury.</summary>
    Condition,
    /// <summary>A procedure or imaging study.</summary>
    Procedure,
    /// <summary>A vaccine.</summary>
    Immunization,
    /// <summary>A device, line, tube or drain.</summary>
    Device,
    /// <summary>An organism or a microbiology test.</summary>
    Microbiology,
    /// <summary>A substance people are allergic to that is no drug.</summary>
    Allergen,
    /// <summary>Habits and circumstances: smoking, alcohol, employment.</summary>
    SocialHistory,
    /// <summary>A precaution or alert: isolation, risk of falls.</summary>
    Alert,
}
