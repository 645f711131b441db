using ErpInstaller.Apps.Requirements;

namespace ErpInstaller.Tests.Apps.Requirements;

public sealed class VersionRequirementTests
{
    [Theory]
    [InlineData(">=15.0.0", "15.75.1", true)]
    [InlineData(">=15", "15.75.1", true)]
    [InlineData(">=15.75.2", "15.75.1", false)]
    [InlineData(">15.75.1", "15.75.1", false)]
    [InlineData(">15.75.0", "15.75.1", true)]
    [InlineData("<=15.75.1", "15.75.1", true)]
    [InlineData("<15.75.1", "15.75.1", false)]
    [InlineData("==15.75.1", "15.75.1", true)]
    [InlineData("==15.75.*", "15.75.1", true)]
    [InlineData("==15.74.*", "15.75.1", false)]
    [InlineData("!=15.75.1", "15.75.1", false)]
    [InlineData("!=15.75.*", "15.75.1", false)]
    [InlineData("!=15.74.*", "15.75.1", true)]
    [InlineData("~=15.70", "15.75.1", true)]
    [InlineData("~=15.70.0", "15.75.1", false)]
    [InlineData("~=14.70", "15.75.1", false)]
    [InlineData(">=15.0.0, <16.0.0", "15.75.1", true)]
    [InlineData(">= 15.0.0,< 16.0.0", "15.75.1", true)]
    [InlineData(">=16.0.0-dev,<17.0.0", "15.75.1", false)]
    [InlineData(">=16.0.0-dev,<17.0.0", "16.0.0", true)]
    [InlineData("<=17.0.0-dev", "17.0.0", false)]
    [InlineData(">17.0.0-dev", "17.0.0", true)]
    [InlineData("<16.0.0-beta.2", "15.75.1", true)]
    [InlineData(">=3.10", "3.11", true)]
    [InlineData(">=3.12", "3.11", false)]
    [InlineData("<3.12", "3.11", true)]
    [InlineData("<3.11", "3.11", false)]
    [InlineData("==3.11.*", "3.11", true)]
    [InlineData("~=3.10", "3.14", true)]
    [InlineData(">=15.0.0,<16.0.0", "15", true)]
    [InlineData(">=16.0.0", "15", false)]
    public void A_requirement_is_compared_with_the_known_span_of_a_version(
        string requirement,
        string version,
        bool holds
    ) => Assert.Equal(holds, VersionRequirement.Parse(requirement)!.Holds(VersionSpan.Of(version)!.Value));

    [Theory]
    [InlineData(">=15.40.0", "15")]
    [InlineData("<15.40.0", "15")]
    [InlineData("==15.75.1", "15.75")]
    [InlineData("!=15.75.1", "15.75")]
    [InlineData(">=3.11.4,<4", "3.11")]
    public void A_requirement_finer_than_the_known_span_is_undecided(string requirement, string version) =>
        Assert.Null(VersionRequirement.Parse(requirement)!.Holds(VersionSpan.Of(version)!.Value));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("16")]
    [InlineData("^16.0.0")]
    [InlineData("~16.0.0")]
    [InlineData("===16.0.0")]
    [InlineData("==16")]
    [InlineData(">16")]
    [InlineData("<=16")]
    [InlineData("~=16")]
    [InlineData(">=16.*")]
    [InlineData("==16.0.0-dev")]
    [InlineData(">=16.0.0 <17.0.0")]
    [InlineData(">=16.0.0,")]
    [InlineData(">=16.0.0,^17.0.0")]
    [InlineData(">=16.0.0;extra")]
    [InlineData(">=16.0.0\u001b[0m")]
    [InlineData(">=\n16.0.0")]
    [InlineData(">=99999999999999999999")]
    [InlineData(">=1!16.0.0")]
    [InlineData(">=१६.0.0")]
    public void Syntax_that_bench_and_pip_read_differently_is_not_parsed(string requirement) =>
        Assert.Null(VersionRequirement.Parse(requirement));

    [Fact]
    public void A_very_long_requirement_is_not_parsed() =>
        Assert.Null(VersionRequirement.Parse(string.Join(',', Enumerable.Repeat(">=1", 10_000))));
}
