using ErpInstaller.Core.Files;

namespace ErpInstaller.Tests.Run;

public sealed class StateDirectoryTests
{
    [Theory]
    [InlineData(false, "")]
    [InlineData(true, " --rehearse")]
    public void The_default_directory_needs_no_option(bool rehearsal, string options) =>
        Assert.Equal(options, StateDirectory.Default(rehearsal).SameState(rehearsal));

    [Fact]
    public void Another_directory_is_named_as_one_shell_word() =>
        Assert.Equal(
            " --rehearse --state-dir '/srv/my state'",
            StateDirectory.At("/srv/my state").SameState(rehearsal: true)
        );
}
