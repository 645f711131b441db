namespace ErpInstaller.Tests.Fixtures;

/// <summary>A real image registry on a loopback port, empty when the run begins. It speaks plain HTTP.</summary>
internal static class LocalRegistry
{
    /// <summary><c>127.0.0.1:PORT</c>; the running test is skipped when there is no registry.</summary>
    public static string RequireAddress() =>
        TestSetup.Require("ERP_TEST_REGISTRY", "needs the registry that ./test starts (docker-registry)");
}
