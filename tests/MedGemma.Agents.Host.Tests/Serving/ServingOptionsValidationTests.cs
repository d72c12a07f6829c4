using MedGemma.Agents.Host.Serving;
using Microsoft.Extensions.Configuration;

namespace MedGemma.Agents.Host.Tests.Serving;

public sealed class ServingOptionsValidationTests
{
    private static readonly string s_hash = new('a', 64);

    [Theory]
    [InlineData("Url", "notaurl", "MedGemma:Serving:Url: 'notaurl' is not an address to listen on such as http://127.0.0.1:5080")]
    [InlineData("Url", "http://127.0.0.1:99999", "MedGemma:Serving:Url: 'http://127.0.0.1:99999' is not an address to listen on such as http://127.0.0.1:5080")]
    [InlineData("Url", "ftp://127.0.0.1", "MedGemma:Serving:Url: 'ftp://127.0.0.1' is not an address to listen on such as http://127.0.0.1:5080")]
    [InlineData("Url", "https://127.0.0.1:5443", "MedGemma:Serving:Url is https: name the PEM files of the certificate in MedGemma:Serving:Certificate and CertificateKey")]
    [InlineData("Certificate", "/no/such.pem", "MedGemma:Serving:Certificate: /no/such.pem does not exist")]
    [InlineData("MaxRequestBytes", "5", "MedGemma:Serving:MaxRequestBytes must be between 1024 and 16777216.")]
    [InlineData("ApiKeys:0:Sha256", "zz", "MedGemma:Serving:ApiKeys:0: Sha256 must be the 64 hexadecimal digits that 'medgemma key create' gave")]
    [InlineData("ApiKeys:0:User", "", "MedGemma:Serving:ApiKeys:0: User is missing: name the person or program that holds the key")]
    [InlineData("ApiKeys:0:Patients:1", "p2", "MedGemma:Serving:ApiKeys:0: Patients has * beside others; * alone opens every patient")]
    [InlineData("ApiKeys:0:Role", "Patient", "MedGemma:Serving:ApiKeys:0: Role Patient opens one patient's record: give that one id in Patients")]
    [InlineData("ApiKeys:1:User", "other", "MedGemma:Serving:ApiKeys: two entries have the same Sha256; each user needs a key of their own")]
    public void What_is_wrong_is_named_with_what_to_change(string setting, string value, string expected)
    {
        var settings = OneKey();
        settings["MedGemma:Serving:" + setting] = value;
        if (setting == "ApiKeys:1:User")
            (settings["MedGemma:Serving:ApiKeys:1:Sha256"], settings["MedGemma:Serving:ApiKeys:1:Patients:0"]) = (s_hash, "*");

        Assert.Equal([expected], Validate(settings));
    }

    [Fact]
    public void A_key_without_patients_opens_nothing_by_mistake()
    {
        var settings = OneKey();
        settings.Remove("MedGemma:Serving:ApiKeys:0:Patients:0");

        Assert.Equal(
            ["MedGemma:Serving:ApiKeys:0: no patients: list their ids in Patients, name a file of ids as PatientsFile, or give Patients [\"*\"] for every patient"],
            Validate(settings));
    }

    [Fact]
    public void Two_keys_of_one_user_must_open_the_same()
    {
        var settings = OneKey();
        settings["MedGemma:Serving:ApiKeys:1:Sha256"] = new string('b', 64);
        settings["MedGemma:Serving:ApiKeys:1:User"] = "u";
        settings["MedGemma:Serving:ApiKeys:1:Patients:0"] = "p1";

        Assert.Equal(["MedGemma:Serving:ApiKeys: the keys of user 'u' differ in Role, Patients or PatientsFile; a user has one access"], Validate(settings));
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::1]:5080/")]
    public void Addresses_that_can_be_listened_on_are_taken(string url)
    {
        var settings = OneKey();
        settings["MedGemma:Serving:Url"] = url;

        Assert.Empty(Validate(settings));
    }

    private static Dictionary<string, string?> OneKey() => new()
    {
        ["MedGemma:Serving:ApiKeys:0:Sha256"] = s_hash,
        ["MedGemma:Serving:ApiKeys:0:User"] = "u",
        ["MedGemma:Serving:ApiKeys:0:Patients:0"] = "*",
    };

    private static IEnumerable<string> Validate(Dictionary<string, string?> settings)
    {
        var options = new ServingOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection(ServingOptions.Section).Bind(options);
        return new ServingOptionsValidation().Validate(null, options).Failures ?? [];
    }
}
