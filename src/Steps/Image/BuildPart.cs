namespace ErpInstaller.Image;

/// <summary>
/// A part of a build as the operator sees it (<c>crm: installing</c>), with its progress. It can have several
/// instructions.
/// </summary>
internal sealed class BuildPart
{
    private readonly HashSet<DockerfileStep> _open;
    private bool _cached;

    /// <param name="steps">Its instructions; at least one.</param>
    public BuildPart(IReadOnlyList<DockerfileStep> steps)
    {
        First = steps[0];
        Weight = steps.Sum(s => s.Weight);

        // BuildKit does not report FROM in the Dockerfile's spelling.
        _open = [.. steps.Where(s => s.Weight > 0)];
    }

    /// <summary>Its first instruction, which has its description.</summary>
    public DockerfileStep First { get; }

    /// <summary>Its share of the work, relative to the other parts.</summary>
    public double Weight { get; }

    /// <summary>Seconds that its completed instructions took.</summary>
    public double Seconds { get; private set; }

    /// <summary>True when all its instructions have ended.</summary>
    public bool IsDone => _open.Count == 0;

    /// <summary>True when nothing came from the cache, so that its time can be recorded.</summary>
    public bool IsMeasured => IsDone && !_cached;

    /// <summary>An instruction has ended.</summary>
    /// <param name="cached">True when its result came from the cache.</param>
    public void Finish(DockerfileStep step, bool cached, double seconds)
    {
        _open.Remove(step);
        _cached |= cached;
        Seconds += cached ? 0 : seconds;
    }
}
