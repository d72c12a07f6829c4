namespace MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

/// <summary>Drugs in use (<see href="https://www.nlm.nih.gov/research/umls/rxnorm/"/>): tablets by product, others by ingredient.</summary>
internal static class Drugs
{
    private const string OralCode = "26643006";
    private const string Oral = "Oral route";
    private const string VeinCode = "47625008";
    private const string Vein = "Intravenous route";
    private const string SkinCode = "34206005";
    private const string Skin = "Subcutaneous route";
    private const string LungCode = "447694001";
    private const string Lung = "Respiratory tract route";

    public static readonly Drug Metformin500 = new("metformin", "861007", "metformin hydrochloride 500 MG Oral Tablet", 500, "mg", OralCode, Oral, "metformin");
    public static readonly Drug Metformin1000 = new("metformin", "861004", "metformin hydrochloride 1000 MG Oral Tablet", 1000, "mg", OralCode, Oral, "metformin");
    public static readonly Drug Glargine = new("glargine", "274783", "insulin glargine", 18, "U", SkinCode, Skin, "insulin glargine", "Lantus");
    public static readonly Drug Lisinopril10 = new("lisinopril", "314076", "lisinopril 10 MG Oral Tablet", 10, "mg", OralCode, Oral, "lisinopril");
    public static readonly Drug Lisinopril20 = new("lisinopril", "314077", "lisinopril 20 MG Oral Tablet", 20, "mg", OralCode, Oral, "lisinopril");
    public static readonly Drug Amlodipine = new("amlodipine", "197361", "amlodipine 5 MG Oral Tablet", 5, "mg", OralCode, Oral, "amlodipine");
    public static readonly Drug Atorvastatin = new("atorvastatin", "617310", "atorvastatin 20 MG Oral Tablet", 20, "mg", OralCode, Oral, "atorvastatin", "Lipitor");
    public static readonly Drug Simvastatin = new("simvastatin", "312961", "simvastatin 20 MG Oral Tablet", 20, "mg", OralCode, Oral, "simvastatin", "Zocor");
    public static readonly Drug Furosemide = new("furosemide", "313988", "furosemide 40 MG Oral Tablet", 40, "mg", OralCode, Oral, "furosemide", "Lasix");
    public static readonly Drug Metoprolol = new("metoprolol", "866436", "24 HR metoprolol succinate 50 MG Extended Release Oral Tablet", 50, "mg", OralCode, Oral, "metoprolol");
    public static readonly Drug Warfarin = new("warfarin", "855332", "warfarin sodium 5 MG Oral Tablet", 5, "mg", OralCode, Oral, "warfarin", "Coumadin");
    public static readonly Drug Apixaban = new("apixaban", "1364445", "apixaban 5 MG Oral Tablet", 5, "mg", OralCode, Oral, "apixaban", "Eliquis");
    public static readonly Drug Tiotropium = new("tiotropium", "69120", "tiotropium", 18, "ug", LungCode, Lung, "tiotropium", "Spiriva");
    public static readonly Drug Albuterol = new("albuterol", "435", "albuterol", 90, "ug", LungCode, Lung, "albuterol", "salbutamol");
    public static readonly Drug Fluticasone = new("fluticasone", "41126", "fluticasone", 110, "ug", LungCode, Lung, "fluticasone");
    public static readonly Drug Prednisone = new("prednisone", "8640", "prednisone", 40, "mg", OralCode, Oral, "prednisone");
    public static readonly Drug Levothyroxine = new("levothyroxine", "10582", "levothyroxine", 75, "ug", OralCode, Oral, "levothyroxine", "Synthroid");
    public static readonly Drug Sertraline = new("sertraline", "36437", "sertraline", 50, "mg", OralCode, Oral, "sertraline", "Zoloft");
    public static readonly Drug Amoxicillin = new("amoxicillin", "723", "amoxicillin", 500, "mg", OralCode, Oral, "amoxicillin");
    public static readonly Drug Ibuprofen = new("ibuprofen", "5640", "ibuprofen", 400, "mg", OralCode, Oral, "ibuprofen");
    public static readonly Drug Acetaminophen = new("acetaminophen", "161", "acetaminophen", 650, "mg", OralCode, Oral, "acetaminophen", "paracetamol");
    public static readonly Drug Doxorubicin = new("doxorubicin", "3639", "doxorubicin", 100, "mg", VeinCode, Vein, "doxorubicin");
    public static readonly Drug Cyclophosphamide = new("cyclophosphamide", "3002", "cyclophosphamide", 1000, "mg", VeinCode, Vein, "cyclophosphamide");
    public static readonly Drug Ondansetron = new("ondansetron", "26225", "ondansetron", 8, "mg", VeinCode, Vein, "ondansetron", "Zofran");
    public static readonly Drug Tamoxifen = new("tamoxifen", "10324", "tamoxifen", 20, "mg", OralCode, Oral, "tamoxifen");
    public static readonly Drug Ceftriaxone = new("ceftriaxone", "2193", "ceftriaxone", 2000, "mg", VeinCode, Vein, "ceftriaxone");
    public static readonly Drug Norepinephrine = new("norepinephrine", "7512", "norepinephrine", 8, "mg", VeinCode, Vein, "norepinephrine");
    public static readonly Drug Heparin = new("heparin", "5224", "heparin", 5000, "U", SkinCode, Skin, "heparin");
    public static readonly Drug Morphine = new("morphine", "7052", "morphine", 2, "mg", VeinCode, Vein, "morphine");
    public static readonly Drug Gabapentin = new("gabapentin", "25480", "gabapentin", 300, "mg", OralCode, Oral, "gabapentin");
    public static readonly Drug Spironolactone = new("spironolactone", "9997", "spironolactone", 25, "mg", OralCode, Oral, "spironolactone");
    public static readonly Drug Aspirin = new("aspirin", "1191", "aspirin", 81, "mg", OralCode, Oral, "aspirin");
}
