namespace ErpInstaller.Tests.Nomad;

/// <summary>The contract, asked of the real agent that NOMAD_ADDR names. Its jobs are removed again.</summary>
public sealed class RealNomadContractTests() : NomadContractTests(Connect())
{
    /// <inheritdoc/>
    protected override string Image => Environment.GetEnvironmentVariable("ERP_TEST_NOMAD_IMAGE") ?? base.Image;

    /// <inheritdoc/>
    protected override void OnDispose(HttpClient http, string job)
    {
        using var purge = new HttpRequestMessage(HttpMethod.Delete, $"/v1/job/{job}?purge=true");
        http.Send(purge).Dispose();
        using var variable = new HttpRequestMessage(HttpMethod.Delete, $"/v1/var/nomad/jobs/{job}");
        http.Send(variable).Dispose();
    }

    private static HttpClient Connect()
    {
        var address = Environment.GetEnvironmentVariable("NOMAD_ADDR");
        Assert.SkipWhen(string.IsNullOrEmpty(address), "needs a real Nomad agent: NOMAD_ADDR is not set");
        return new HttpClient { BaseAddress = new Uri(address!) };
    }
}
