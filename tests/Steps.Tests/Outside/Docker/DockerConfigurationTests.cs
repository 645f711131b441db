using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Docker;

/// <summary>The logins that <c>docker login</c> stored are used.</summary>
public sealed class DockerConfigurationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task A_login_in_the_file_is_found()
    {
        var login = await FindAsync(
            "registry.example.com:5000",
            """{"auths":{"registry.example.com:5000":{"auth":"b3BlcmF0b3I6cGE6c3M="}}}"""
        );

        Assert.Equal(new RegistryLogin("registry.example.com:5000", "operator", "pa:ss"), login);
    }

    [Fact]
    public async Task Docker_Hub_is_found_under_the_address_that_docker_login_writes()
    {
        var login = await FindAsync(
            "docker.io",
            """{"auths":{"https://index.docker.io/v1/":{"auth":"bWU6aHVic2VjcmV0"}}}"""
        );

        Assert.Equal("hubsecret", login?.Password);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"auths":{"another.example.com":{"auth":"b3BlcmF0b3I6cGE6c3M="}}}""")]
    [InlineData("""{"auths":{"registry.example.com:5000":{}}}""")]
    public async Task An_unknown_registry_has_no_login(string text) =>
        Assert.Null(await FindAsync("registry.example.com:5000", text));

    [Fact]
    public async Task A_missing_configuration_counts_as_empty() =>
        Assert.Null(await new DockerConfiguration(_directory.In("none.json")).FindLoginAsync("docker.io", default));

    [Theory]
    [InlineData("{")]
    [InlineData("""{"auths":{"registry.example.com:5000":{"auth":"%%%"}}}""")]
    [InlineData("""{"credsStore":"erp-installer-no-such-helper"}""")]
    public async Task A_configuration_that_cannot_be_used_is_named(string text)
    {
        var error = await Refusal.OfAsync(ErrorCode.DockerConfigurationUnreadable, () =>
            FindAsync("registry.example.com:5000", text)
        );

        Assert.StartsWith(_directory.In("config.json"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_login_comes_from_a_credential_helper()
    {
        var helper = _directory.In("docker-credential-erp-installer-test");
        await File.WriteAllTextAsync(
            helper,
            """
            #!/bin/sh
            read -r registry
            [ "$1" = get ] && [ "$registry" = registry.example.com:5000 ] || { echo 'credentials not found'; exit 1; }
            echo '{"ServerURL":"registry.example.com:5000","Username":"operator","Secret":"from-the-helper"}'
            """
        );
        File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{_directory.Path}:{Environment.GetEnvironmentVariable("PATH")}");
        const string Configuration =
            """{"credHelpers":{"registry.example.com:5000":"erp-installer-test","docker.io":"erp-installer-test"}}""";

        Assert.Equal("from-the-helper", (await FindAsync("registry.example.com:5000", Configuration))?.Password);
        Assert.Null(await FindAsync("another.example.com", Configuration));
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private async Task<RegistryLogin?> FindAsync(string registry, string text)
    {
        await File.WriteAllTextAsync(_directory.In("config.json"), text);
        return await new DockerConfiguration(_directory.In("config.json")).FindLoginAsync(registry, default);
    }
}
