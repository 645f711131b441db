namespace ErpInstaller.Tests.Fixtures;

/// <summary>The world that <c>./test</c> set up, from its <c>ERP_TEST_*</c> variables.</summary>
internal static class TestSetup
{
    /// <summary>The value of a variable that <c>./test</c> exports, null when absent or empty.</summary>
    public static string? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    /// <summary>The value of a variable; the running test is skipped when it is absent.</summary>
    public static string Require(string variable, string reason)
    {
        var value = Read(variable);
        Assert.SkipWhen(value is null, reason);
        return value!;
    }
}
