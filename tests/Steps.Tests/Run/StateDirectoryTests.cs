using ErpInstaller.Core.Files;

namespace ErpInstaller.Tests.Run;

public sealed class StateDirectoryTests
{
    [Theory]
    [InlineData(false, "")]
    [InlineData(true, " --rehearse")]
    public void The_default_needs_no_option_to_be_found_again(bool rehearsal, string options) =>
        Assert.Equal(options, StateDirectory.Default(rehearsal).SameState(rehearsal));

    [Fact]
    public void Another_is_named_as_a_word_of_a_shell() =>
        Assert.Equal(
            " --rehearse --state-dir '/srv/my state'",
            StateDirectory.At("/srv/my state").SameState(rehearsal: true)
        );
}
