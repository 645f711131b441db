using System.Text.Json;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>The docker plugin in the configuration that an agent shows.</summary>
public sealed class NomadDockerPluginTests
{
    [Fact]
    public void Without_a_block_Nomads_defaults_hold()
    {
        var plugin = Read("null");

        Assert.True(plugin is { CollectsImages: true, CollectsLogs: true });
        Assert.Null(plugin.AllowedCapabilities);
        Assert.Null(plugin.SelinuxLabel);
    }

    [Theory]
    [InlineData("""{ "gc": [{ "image": false }], "volumes": [{ "enabled": true, "selinuxlabel": "z" }] }""")]
    [InlineData("""{ "gc": { "image": "false" }, "volumes": { "enabled": true, "selinuxlabel": "z" } }""")]
    public void Blocks_are_read_as_HCL_and_as_JSON_give_them(string config)
    {
        var plugin = Read($$"""[{ "Name": "raw_exec" }, { "Name": "docker", "Config": {{config}} }]""");

        Assert.False(plugin.CollectsImages);
        Assert.Equal("z", plugin.SelinuxLabel);
    }

    [Fact]
    public void Capabilities_are_compared_in_Nomads_plain_spelling()
    {
        var plugin = Read(
            """
            [{
              "Name": "docker",
              "Config": { "allow_caps": ["CAP_CHOWN", "SETUID", "net_raw"], "disable_log_collection": true }
            }]
            """
        );

        Assert.Equal(["chown", "setuid", "net_raw"], plugin.AllowedCapabilities);
        Assert.False(plugin.CollectsLogs);
    }

    private static NomadDockerPlugin Read(string plugins) =>
        NomadDockerPlugin.Of(
            JsonSerializer
                .Deserialize($$"""{ "config": { "Plugins": {{plugins}} } }""", NomadJson.Default.NomadAgent)!
                .Config
        );
}
