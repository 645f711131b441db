using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Certificate;

/// <summary>Files with a few wrong bytes.</summary>
public sealed class DamagedFilesTests : ProvidedFiles
{
    private const int Tries = 3000;

    [Fact]
    public void A_damaged_file_gives_findings_and_never_a_fault()
    {
        var random = new Random(14);
        var files = Directory.GetFiles(
            Repository.In("tests", "cases", "certificates"),
            "*.*",
            SearchOption.AllDirectories
        );
        using var leaf = _intermediate.Leaf();
        byte[][] given = [.. files.Select(File.ReadAllBytes), leaf.Der, leaf.PrivateKey.ExportPkcs8PrivateKey()];
        Write(Chain, "");
        Write(Key, "");
        for (var i = 0; i < Tries; i++)
        {
            File.WriteAllBytes(Chain, Damaged(given[random.Next(given.Length)], random));
            File.WriteAllBytes(Key, Damaged(given[random.Next(given.Length)], random));

            var result = Examine();

            Assert.True(result.Files is not null || result.Findings.Any(f => !f.IsWarning), $"try {i}");
        }
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var damaged = bytes.ToArray();
        for (var i = random.Next(4); i >= 0; i--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? damaged[..random.Next(1, damaged.Length)] : damaged;
    }
}
