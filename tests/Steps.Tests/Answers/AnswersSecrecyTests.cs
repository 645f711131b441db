using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Tests.Answers;

public sealed class AnswersSecrecyTests
{
    [Theory]
    [InlineData("admin_password = hunter2hunter2")]
    [InlineData("admin_password = \"hunter2hunter2")]
    [InlineData("admin_password = 'hunter2hunter2\n'")]
    [InlineData("admin_password = \"hunter2 hunter2\"")]
    [InlineData("admin_password = \"hunter2\\qhunter2\"")]
    [InlineData("admin_password = \"hunter2hunter2\"\nadmin_password = \"hunter2hunter2\"")]
    [InlineData("admin_password = [\"hunter2hunter2\"]")]
    [InlineData("admin_password = { literal = \"hunter2hunter2\" }")]
    [InlineData("admin_password = { env = \"hunter2hunter2!\" ")]
    [InlineData("admin_password \"hunter2hunter2\"")]
    [InlineData("admin_password = \"\"\"\nhunter2 = hunter2\n")]
    [InlineData("admin_pasword = \"hunter2hunter2\"")]
    [InlineData("admin_password.hidden = \"hunter2hunter2\"")]
    [InlineData("[site\nadmin_password = \"hunter2hunter2\"")]
    [InlineData("admin_password == \"hunter2hunter2\"")]
    [InlineData("= \"hunter2hunter2\"")]
    [InlineData("[apps.override.crm]\nurl = \"https://user:hunter2@git.example.com/crm\"")]
    [InlineData("[apps.override.crm]\nurl = \"https://hunter2@git.example.com/crm\"")]
    [InlineData("[nomad]\naddress = \"http://user:hunter2@nomad.example.com:4646\"")]
    [InlineData("[image]\nregistry = \"https://user:hunter2@registry.example.com\"")]
    public void An_error_message_does_not_repeat_a_secret_in_the_wrong_value(string mistake)
    {
        var refusal = Assert.Throws<AnswersInvalid>(() =>
            AnswersReader.ReadText(
                $"schema = 1\n[site]\nname = \"erp.example.com\"\n{mistake}\n",
                "installer.toml",
                AnswerCases.Known
            )
        );

        Assert.DoesNotContain("hunter", string.Join('\n', refusal.Problems), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", refusal.Message + refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void No_warning_and_no_description_of_a_source_shows_a_secret_in_valid_answers()
    {
        var read = AnswersReader.ReadText(
            "schema = 1\nsite.name = \"erp.example.com\"\nsite.admin_password = \"hunter2hunter2\"\n",
            "installer.toml",
            AnswerCases.Known
        );

        Assert.Single(read.Warnings);
        Assert.DoesNotContain(
            "hunter",
            read.Warnings[0] + read.Answers.Site.AdminPassword!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Control_sequences_of_the_file_do_not_reach_my_terminal()
    {
        var refusal = Assert.ThrowsAny<InstallerException>(() =>
            AnswersReader.ReadText(
                "schema = 1\n\"\\u001b[2J\" = 1\nsite.name = \"\\u001b]0;owned\\u0007\\u202e\"\n",
                "installer.toml",
                AnswerCases.Known
            )
        );

        Assert.All(refusal.Details, line => Assert.Equal(TerminalText.Clean(line), line));
    }
}
