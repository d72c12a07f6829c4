namespace MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

/// <summary>Diseases and findings in use (SNOMED CT, ICD-10-CM).</summary>
internal static class Problems
{
    public static readonly Problem Diabetes = new("diabetes", "44054006", "Diabetes mellitus type 2", "E11.9", "Type 2 diabetes mellitus without complications", "type 2 diabetes", "diabetes");
    public static readonly Problem Hypertension = new("hypertension", "59621000", "Essential hypertension", "I10", "Essential (primary) hypertension", "hypertension", "high blood pressure");
    public static readonly Problem Kidney = new("ckd", "433144002", "Chronic kidney disease stage 3", "N18.30", "Chronic kidney disease, stage 3 unspecified", "chronic kidney disease", "CKD");
    public static readonly Problem HeartFailure = new("heartfailure", "84114007", "Heart failure", "I50.22", "Chronic systolic (congestive) heart failure", "heart failure");
    public static readonly Problem Fibrillation = new("afib", "49436004", "Atrial fibrillation", "I48.91", "Unspecified atrial fibrillation", "atrial fibrillation", "AFib");
    public static readonly Problem Copd = new("copd", "13645005", "Chronic obstructive lung disease", "J44.9", "Chronic obstructive pulmonary disease, unspecified", "COPD", "chronic obstructive lung disease");
    public static readonly Problem Asthma = new("asthma", "195967001", "Asthma", "J45.909", "Unspecified asthma, uncomplicated", "asthma");
    public static readonly Problem Hypothyroidism = new("hypothyroidism", "40930008", "Hypothyroidism", "E03.9", "Hypothyroidism, unspecified", "hypothyroidism", "an underactive thyroid");
    public static readonly Problem Hyperlipidemia = new("hyperlipidemia", "55822004", "Hyperlipidemia", "E78.5", "Hyperlipidemia, unspecified", "hyperlipidemia", "high cholesterol");
    public static readonly Problem Depression = new("depression", "370143000", "Major depressive disorder", "F32.9", "Major depressive disorder, single episode, unspecified", "depression", "major depressive disorder");
    public static readonly Problem BreastCancer = new("breastcancer", "254837009", "Malignant neoplasm of breast", "C50.911", "Malignant neoplasm of unspecified site of right female breast", "breast cancer");
    public static readonly Problem Pregnancy = new("pregnancy", "77386006", "Pregnant", "Z33.1", "Pregnant state, incidental", "pregnancy");
    public static readonly Problem Pneumonia = new("pneumonia", "233604007", "Pneumonia", "J18.9", "Pneumonia, unspecified organism", "pneumonia");
    public static readonly Problem Sepsis = new("sepsis", "91302008", "Sepsis", "A41.51", "Sepsis due to Escherichia coli [E. coli]", "sepsis");
    public static readonly Problem UrinaryInfection = new("uti", "68566005", "Urinary tract infectious disease", "N39.0", "Urinary tract infection, site not specified", "a urinary tract infection", "a UTI");
    public static readonly Problem Embolism = new("embolism", "59282003", "Pulmonary embolism", "I26.99", "Other pulmonary embolism without acute cor pulmonale", "pulmonary embolism");
    public static readonly Problem Infarction = new("infarction", "22298006", "Myocardial infarction", "I21.9", "Acute myocardial infarction, unspecified", "myocardial infarction", "a heart attack");
    public static readonly Problem Appendicitis = new("appendicitis", "74400008", "Appendicitis", "K37", "Unspecified appendicitis", "appendicitis");
    public static readonly Problem VenousThrombosis = new("dvt", "128053003", "Deep venous thrombosis", "I82.409", "Acute embolism and thrombosis of unspecified deep veins of unspecified lower extremity", "deep venous thrombosis", "a DVT");
    public static readonly Problem Stroke = new("stroke", "230690007", "Cerebrovascular accident", "I63.9", "Cerebral infarction, unspecified", "a stroke");
    public static readonly Problem Psoriasis = new("psoriasis", "9014002", "Psoriasis", "L40.9", "Psoriasis, unspecified", "psoriasis");
}
