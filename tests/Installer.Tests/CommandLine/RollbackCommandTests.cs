using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>rollback</c> as an operator types it, in a rehearsal.</summary>
public sealed class RollbackCommandTests : IDisposable
{
    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Without_an_update_it_says_that_there_is_nothing_to_go_back_to()
    {
        await InstallAsync();

        var run = await _product.RunAsync("rollback", "--rehearse", "--replace", "erp.example.com");

        run.FailedWith(4, "There is no update of erp.example.com to go back from");
        Assert.Contains("erp-installer backups", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no terminal to confirm it")]
    [InlineData("The site is erp.example.com, not other.example.com", "--replace", "other.example.com")]
    public async Task Nothing_is_replaced_without_the_name_of_the_site(string message, params string[] words)
    {
        await InstallAsync();

        var run = await _product.RunAsync(["rollback", .. words, "--rehearse"]);

        run.FailedWith(2, message);
        Assert.Matches("erp-installer rollback .*--replace erp.example.com", run.Errors);
    }

    private async Task InstallAsync() =>
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).ExitCode);
}
