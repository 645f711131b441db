using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Screens;

/// <summary>The pictures in the documentation match the present screens.</summary>
public class PicturesTests
{
    [Fact]
    public async Task The_pictures_match_the_present_screens()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "needs python3");

        var check = await Cli.Wrap(Path.Combine(Repository.Root, "docs", "screens", "render"))
            .WithArguments("--check")
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

        Assert.True(check.ExitCode == 0, check.StandardError);
    }
}
