using System.Text;

namespace ErpInstaller.Support;

/// <summary>A text for the bundle, as it was read.</summary>
/// <param name="Name">Its path in the bundle.</param>
/// <param name="About">Its content, in a few words.</param>
internal sealed record BundleText(string Name, string About, string Text);

/// <summary>A file of a bundle: without secrets, and not too long.</summary>
/// <param name="Name">Its path in the bundle.</param>
/// <param name="About">Its content, in a few words.</param>
/// <param name="Removed">The number of places where something secret was taken out.</param>
/// <param name="LeftOut">The number of bytes at its beginning that were left out.</param>
public sealed record BundleFile(string Name, string About, int Removed, long LeftOut)
{
    private static readonly byte[] LineFeed = [(byte)'\n'];

    /// <summary>The content, UTF-8.</summary>
    internal ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Its size in bytes.</summary>
    public int Bytes => Content.Length;

    /// <summary>Makes one of a text; of a long text only the end is kept.</summary>
    /// <param name="limit">The number of bytes that it may have.</param>
    /// <param name="removed">See <see cref="Removed"/>.</param>
    internal static BundleFile Of(BundleText file, int limit, int removed)
    {
        var bytes = Encoding.UTF8.GetBytes(file.Text);
        if (bytes.Length <= limit)
        {
            return new BundleFile(file.Name, file.About, removed, 0) { Content = bytes };
        }

        // From the beginning of a line, which is also the beginning of a character.
        var from = bytes.Length - limit + CutLine(bytes.Length).Length;
        var line = from >= bytes.Length ? -1 : bytes.AsSpan(from).IndexOf(LineFeed);
        from = line < 0 ? bytes.Length : from + line + 1;
        return new BundleFile(file.Name, file.About, removed, from)
        {
            Content = (byte[])[.. CutLine(from), .. bytes[from..]],
        };
    }

    private static byte[] CutLine(long bytes) =>
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"[The {bytes} bytes before this line are left out.]\n"));
}
