namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>
/// The contract with the real agent that NOMAD_ADDR names. Its jobs are removed again. It may be an older one than the
/// recorded 1.10: 1.6 and later answer with all that an installation reads.
/// </summary>
public sealed class RealNomadContractTests() : NomadContractTests(Connect())
{
    // Members that 1.6 lacks; nothing in an installation reads them.
    private static readonly string[] Newer =
    [
        "NodeResources.Processors.",
        "GCVolumesOnNodeGC ",
        "NodeMaxAllocs ",
        ".SecretsMB ",
        ".PreventRescheduleOnLost ",
        ".Identity.",
        "Metrics.NodePool ",
        ".AddressIPv6 ",
        ".Paused ",
    ];

    // Of a deployment.
    private static readonly string[] NewerWholly = ["CreateTime Number", "ModifyTime Number"];

    /// <inheritdoc/>
    protected override string Image => ErpInstaller.Tests.Fixtures.DockerEnvironment.Redis;

    /// <inheritdoc/>
    protected override bool MayLack(string member) =>
        NewerWholly.Contains(member) || Newer.Any(n => member.Contains(n, StringComparison.Ordinal));

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
