using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Fuzz;

/// <summary>
/// Gives mutated input to everything that reads text from outside. No input may end in an internal fault, take longer
/// than two seconds, or bring a control sequence to the terminal. <c>tests/fuzz/run N</c> gives more and other inputs.
/// </summary>
public sealed class FuzzTests
{
    private const int Inputs = 50_000;
    private const int Seed = 20261128;

    public static IEnumerable<TheoryDataRow<string>> Kept =>
        Directory
            .EnumerateFiles(Repository.In("tests", "cases", "fuzz"), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) != ".md")
            .Select(f => new TheoryDataRow<string>(Path.GetRelativePath(Repository.In("tests", "cases", "fuzz"), f)));

    [Theory]
    [MemberData(nameof(Kept))]
    public void An_input_that_failed_once_is_read_or_refused(string file)
    {
        using var readers = new Readers();
        var reader = readers.All.Single(r => r.Name == Path.GetDirectoryName(file));

        Assert.Null(Finding.Confirmed(reader, File.ReadAllBytes(Repository.In("tests", "cases", "fuzz", file))));
    }

    [Fact]
    public void Mutated_input_is_read_or_refused()
    {
        using var readers = new Readers();
        var (count, seed) = (Number("ERP_FUZZ_INPUTS", Inputs), Number("ERP_FUZZ_SEED", Seed));
        var shares = readers.All.Sum(r => r.Share);
        var failures = new List<string>();
        foreach (var reader in readers.All)
        {
            var began = Stopwatch.StartNew();
            var each = (int)Math.Ceiling(count * reader.Share / shares);
            failures.AddRange(new Run(reader, seed).Try(each));
            TestContext.Current.SendDiagnosticMessage(
                $"{reader.Name}: {each} inputs in {began.Elapsed.TotalSeconds:0.0} s"
            );
            if (count > Inputs)
            {
                Console.WriteLine($"{reader.Name}: {each} inputs, seed {seed}, {began.Elapsed.TotalSeconds:0.0} s");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : otherwise;
}

/// <summary>Inputs for one reader. Its own thread reads them, so that an endless loop is seen.</summary>
internal sealed class Run(Reader reader, int seed)
{
    private readonly HashSet<string> _kinds = [];
    private readonly List<string> _failures = [];
    private byte[] _input = [];
    private long _began;

    /// <summary>The failures, each with the file that keeps its smallest input.</summary>
    public List<string> Try(int count)
    {
        _began = Stopwatch.GetTimestamp();
        var thread = new Thread(() => Loop(count)) { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(200)))
        {
            // Longer than the limit of one input, because a busy machine may stop this process for a while.
            if (Stopwatch.GetElapsedTime(Interlocked.Read(ref _began)) > 5 * Finding.Patience)
            {
                return [.. _failures, Keep(_input, Finding.Slow)];
            }
        }

        return _failures;
    }

    private void Loop(int count)
    {
        for (var number = 0; number < count; number++)
        {
            // Each input has its own random numbers, so that it does not depend on those before.
            var random = new Random(unchecked((seed * 31) + number));
            _input = Mutation.Of(reader.Samples, random);
            Interlocked.Exchange(ref _began, Stopwatch.GetTimestamp());
            if (Finding.Confirmed(reader, _input) is { } finding && _kinds.Add(finding.Kind))
            {
                _failures.Add(Keep(Shrink(_input, finding.Kind), finding));
            }
        }
    }

    private byte[] Shrink(byte[] input, string kind) =>
        kind == Finding.Slow.Kind ? input : Shrinking.Of(input, smaller =>
            {
                Interlocked.Exchange(ref _began, Stopwatch.GetTimestamp());
                return Finding.In(reader, smaller)?.Kind == kind;
            });

    private string Keep(byte[] input, Finding finding)
    {
        var folder = Repository.In("tests", "cases", "fuzz", reader.Name);
        Directory.CreateDirectory(folder);
        var name = Convert.ToHexStringLower(SHA256.HashData(input))[..12];
        File.WriteAllBytes(Path.Combine(folder, name), input);
        return $"tests/cases/fuzz/{reader.Name}/{name}: {finding.Kind}\n{finding.Details}";
    }
}
