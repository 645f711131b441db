namespace ErpInstaller.Support;

/// <summary>What one source adds to a bundle. After <see cref="Close"/> it takes nothing more.</summary>
/// <param name="name">The source, for its remarks.</param>
internal sealed class BundlePart(string name)
{
    private readonly Lock _gate = new();
    private readonly List<BundleText> _texts = [];
    private readonly List<string> _remarks = [];
    private bool _isClosed;

    /// <summary>The texts so far.</summary>
    public IReadOnlyList<BundleText> Texts => _texts;

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Adds a text.</summary>
    /// <param name="file">Its path in the bundle.</param>
    /// <param name="about">Its content, in a few words.</param>
    public void Add(string file, string about, string text)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _texts.Add(new BundleText(file, about, text.EndsWith('\n') ? text : text + "\n"));
            }
        }
    }

    /// <summary>Says what could not be read.</summary>
    public void Remark(string why)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _remarks.Add($"{name}: {why}");
            }
        }
    }

    /// <summary>Its reader may have been given up and still work.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }
}
