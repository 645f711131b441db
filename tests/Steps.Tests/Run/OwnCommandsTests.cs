using ErpInstaller.Run;

namespace ErpInstaller.Tests.Run;

/// <summary>A command in a hint can be typed without a change.</summary>
public sealed class OwnCommandsTests
{
    private readonly OwnCommands _commands = new("./erp-installer", " --rehearse --state-dir '/srv/my state'");

    [Theory]
    [InlineData("erp-installer plan", "./erp-installer plan --rehearse --state-dir '/srv/my state'")]
    [InlineData(
        "erp-installer plan --answers FILE. Then more.",
        "./erp-installer plan --rehearse --state-dir '/srv/my state' --answers FILE. Then more."
    )]
    [InlineData(
        "go on with: erp-installer --plain",
        "go on with: ./erp-installer --plain --rehearse --state-dir '/srv/my state'"
    )]
    public void A_command_in_a_hint_has_the_typed_name_and_the_same_state_directory(string hint, string typed) =>
        Assert.Equal(typed, _commands.In(hint));

    [Theory]
    [InlineData("erp-installer validate my.toml", "./erp-installer validate my.toml")]
    [InlineData("erp-installer --help", "./erp-installer --help")]
    [InlineData("erp-installer attach --state-dir /elsewhere", "./erp-installer attach --state-dir /elsewhere")]
    public void A_command_without_a_state_or_with_a_named_one_stays_unchanged(string hint, string typed) =>
        Assert.Equal(typed, _commands.In(hint));

    [Theory]
    [InlineData("rm /var/lib/erp-installer install.log")]
    [InlineData("./erp-installer plan")]
    [InlineData("erp-installer: looked")]
    public void Other_text_stays_unchanged(string text) => Assert.Equal(text, _commands.In(text));

    [Fact]
    public void Both_commands_of_a_sentence_are_completed() =>
        Assert.Equal(
            "/opt/erp-installer plan, then /opt/erp-installer install",
            new OwnCommands("/opt/erp-installer", "").In("erp-installer plan, then erp-installer install")
        );

    [Fact]
    public void An_answer_file_that_the_operator_gave_is_named_as_it_was_given() =>
        Assert.Equal(
            "See: erp-installer plan --answers 'my site.toml'. Then: erp-installer install --answers 'my site.toml'",
            new OwnCommands("erp-installer", "", "my site.toml").In(
                "See: erp-installer plan --answers FILE. Then: erp-installer install --answers FILE"
            )
        );

    [Fact]
    public void Completing_a_text_twice_changes_nothing_more()
    {
        var commands = new OwnCommands("erp-installer", " --rehearse");

        Assert.Equal("erp-installer plan --rehearse", commands.In(commands.In("erp-installer plan")));
    }
}
