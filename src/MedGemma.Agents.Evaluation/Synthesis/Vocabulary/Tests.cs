namespace MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

/// <summary>Laboratory tests and vital signs in use (<see href="https://loinc.org"/>).</summary>
internal static class Tests
{
    private const string Lab = "laboratory";
    private const string Vital = "vital-signs";

    public static readonly LabTest HbA1c = new("hba1c", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%", 4.0m, 5.6m, 1, Lab, "HbA1c", "A1c", "hemoglobin A1c");
    public static readonly LabTest HbA1cIfcc = new("hba1c", "59261-8", "Hemoglobin A1c/Hemoglobin.total in Blood by IFCC protocol", "mmol/mol", 20m, 38m, 0, Lab, "HbA1c");
    public static readonly LabTest Glucose = new("glucose", "2345-7", "Glucose [Mass/volume] in Serum or Plasma", "mg/dL", 70m, 99m, 0, Lab, "glucose", "blood glucose", "blood sugar");
    public static readonly LabTest GlucoseMolar = new("glucose", "14749-6", "Glucose [Moles/volume] in Serum or Plasma", "mmol/L", 3.9m, 5.5m, 1, Lab, "glucose");
    public static readonly LabTest Creatinine = new("creatinine", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "mg/dL", 0.6m, 1.2m, 2, Lab, "creatinine", "serum creatinine");
    public static readonly LabTest Egfr = new("egfr", "98979-8", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI 2021)", "mL/min/{1.73_m2}", 60m, null, 0, Lab, "eGFR", "estimated GFR");
    public static readonly LabTest Potassium = new("potassium", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", "mmol/L", 3.5m, 5.1m, 1, Lab, "potassium", "serum potassium", "K+");
    public static readonly LabTest Sodium = new("sodium", "2951-2", "Sodium [Moles/volume] in Serum or Plasma", "mmol/L", 136m, 145m, 0, Lab, "sodium", "serum sodium");
    public static readonly LabTest NtProBnp = new("ntprobnp", "33762-6", "Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma", "pg/mL", null, 125m, 0, Lab, "NT-proBNP", "proBNP");
    public static readonly LabTest Inr = new("inr", "6301-6", "INR in Platelet poor plasma by Coagulation assay", "{INR}", 2.0m, 3.0m, 1, Lab, "INR");
    public static readonly LabTest Tsh = new("tsh", "3016-3", "Thyrotropin [Units/volume] in Serum or Plasma", "m[IU]/L", 0.4m, 4.0m, 2, Lab, "TSH", "thyroid stimulating hormone");
    public static readonly LabTest Cholesterol = new("cholesterol", "2093-3", "Cholesterol [Mass/volume] in Serum or Plasma", "mg/dL", null, 200m, 0, Lab, "total cholesterol");
    public static readonly LabTest Ldl = new("ldl", "13457-7", "Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation", "mg/dL", null, 100m, 0, Lab, "LDL", "LDL cholesterol");
    public static readonly LabTest Hdl = new("hdl", "2085-9", "Cholesterol in HDL [Mass/volume] in Serum or Plasma", "mg/dL", 40m, null, 0, Lab, "HDL", "HDL cholesterol");
    public static readonly LabTest Triglycerides = new("triglycerides", "2571-8", "Triglyceride [Mass/volume] in Serum or Plasma", "mg/dL", null, 150m, 0, Lab, "triglycerides");
    public static readonly LabTest Hemoglobin = new("hemoglobin", "718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL", 12.0m, 16.0m, 1, Lab, "hemoglobin", "Hgb");
    public static readonly LabTest Leukocytes = new("leukocytes", "6690-2", "Leukocytes [#/volume] in Blood by Automated count", "10*3/uL", 4.5m, 11.0m, 1, Lab, "white blood cell count", "WBC");
    public static readonly LabTest Platelets = new("platelets", "777-3", "Platelets [#/volume] in Blood by Automated count", "10*3/uL", 150m, 400m, 0, Lab, "platelet count", "platelets");
    public static readonly LabTest Troponin = new("troponin", "10839-9", "Troponin I.cardiac [Mass/volume] in Serum or Plasma", "ng/mL", null, 0.04m, 2, Lab, "troponin", "troponin I");
    public static readonly LabTest Crp = new("crp", "1988-5", "C reactive protein [Mass/volume] in Serum or Plasma", "mg/L", null, 5m, 0, Lab, "CRP", "C-reactive protein");
    public static readonly LabTest Lactate = new("lactate", "2524-7", "Lactate [Moles/volume] in Serum or Plasma", "mmol/L", 0.5m, 2.0m, 1, Lab, "lactate");
    public static readonly LabTest Phq9 = new("phq9", "44261-6", "Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]", "{score}", null, null, 0, "survey", "PHQ-9 score", "PHQ-9");
    public static readonly LabTest EjectionFraction = new("lvef", "10230-1", "Left ventricular Ejection fraction", "%", 55m, 70m, 0, "imaging", "ejection fraction", "LVEF");

    public static readonly LabTest Systolic = new("systolic", "8480-6", "Systolic blood pressure", "mm[Hg]", null, null, 0, Vital, "systolic blood pressure", "systolic");
    public static readonly LabTest Diastolic = new("diastolic", "8462-4", "Diastolic blood pressure", "mm[Hg]", null, null, 0, Vital, "diastolic blood pressure");
    public static readonly LabTest HeartRate = new("heartrate", "8867-4", "Heart rate", "/min", null, null, 0, Vital, "heart rate", "pulse");
    public static readonly LabTest Temperature = new("temperature", "8310-5", "Body temperature", "Cel", null, null, 1, Vital, "temperature", "body temperature");
    public static readonly LabTest Saturation = new("spo2", "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%", null, null, 0, Vital, "oxygen saturation", "SpO2");
    public static readonly LabTest Weight = new("weight", "29463-7", "Body weight", "kg", null, null, 1, Vital, "weight", "body weight");
    public static readonly LabTest Height = new("height", "8302-2", "Body height", "cm", null, null, 0, Vital, "height");
    public static readonly LabTest Bmi = new("bmi", "39156-5", "Body mass index (BMI) [Ratio]", "kg/m2", null, null, 1, Vital, "BMI", "body mass index");
    public static readonly LabTest UrineOutput = new("urine", "9187-6", "Urine output", "mL", null, null, 0, "procedure", "urine output");
    public static readonly LabTest FetalHeartRate = new("fetalheartrate", "55283-6", "Fetal heart rate", "/min", null, null, 0, Vital, "fetal heart rate");
    public static readonly LabTest Steps = new("steps", "41950-7", "Number of steps in 24 hour Measured", "{steps}", null, null, 0, "activity", "step count");
}
