namespace ErpInstaller.Tests;

/// <summary>xunit passes over classes that are not public, and says nothing.</summary>
public sealed class TestClassesTests
{
    [Fact]
    public void Every_class_with_tests_is_public()
    {
        var hidden = typeof(TestClassesTests)
            .Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, IsVisible: false })
            .Where(t => t.GetMethods().Any(m => m.IsDefined(typeof(FactAttribute), inherit: true)));

        Assert.Empty(hidden);
    }
}
