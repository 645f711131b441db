namespace ErpInstaller.Tests.Fuzz;

/// <summary>Makes an input smaller as long as it fails in the same way.</summary>
internal static class Shrinking
{
    private const int MostAttempts = 4000;

    /// <summary>The smallest input that was found.</summary>
    /// <param name="fails">Whether an input still fails in the same way.</param>
    public static byte[] Of(byte[] input, Func<byte[], bool> fails)
    {
        var attempts = 0;
        for (var size = input.Length / 2; size > 0; size = Math.Min(size, input.Length) / 2)
        {
            for (var at = 0; at + size <= input.Length && attempts < MostAttempts; attempts++)
            {
                byte[] smaller = [.. input[..at], .. input[(at + size)..]];
                if (fails(smaller))
                {
                    input = smaller;
                }
                else
                {
                    at += size;
                }
            }
        }

        return input;
    }
}
