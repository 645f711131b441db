using ErpInstaller.Core.Errors;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>Asserts that something ends with an error of the installer.</summary>
internal static class Refusal
{
    /// <summary>The error; it must have this code.</summary>
    public static InstallerException Of(ErrorCode code, Func<object?> act) =>
        OfCode(code, Assert.ThrowsAny<InstallerException>(act));

    /// <inheritdoc cref="Of"/>
    public static async Task<InstallerException> OfAsync(ErrorCode code, Func<Task> act) =>
        OfCode(code, await Assert.ThrowsAnyAsync<InstallerException>(act));

    private static InstallerException OfCode(ErrorCode code, InstallerException error)
    {
        Assert.Equal(code, error.Code);
        return error;
    }
}
