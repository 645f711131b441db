namespace ErpInstaller.Image;

/// <summary>What the operator sees as one thing of a build (<c>crm: installing</c>), and how far it is. It can be several instructions.</summary>
internal sealed class BuildThing
{
    private readonly HashSet<DockerfileStep> _open;
    private bool _cached;

    /// <param name="steps">Its instructions, one at least.</param>
    public BuildThing(IReadOnlyList<DockerfileStep> steps)
    {
        First = steps[0];
        Weight = steps.Sum(s => s.Weight);

        // BuildKit does not tell of a FROM in the words of the Dockerfile.
        _open = [.. steps.Where(s => s.Weight > 0)];
    }

    /// <summary>Its first instruction, which has its words.</summary>
    public DockerfileStep First { get; }

    /// <summary>Its share of the work, compared to the others.</summary>
    public double Weight { get; }

    /// <summary>Seconds that its finished instructions took.</summary>
    public double Seconds { get; private set; }

    /// <summary>All of it is done.</summary>
    public bool IsDone => _open.Count == 0;

    /// <summary>All of it was done in this build: its time says how long it takes.</summary>
    public bool IsMeasured => IsDone && !_cached;

    /// <summary>An instruction is done.</summary>
    /// <param name="cached">Its result was there from an earlier build.</param>
    public void Finish(DockerfileStep step, bool cached, double seconds)
    {
        _open.Remove(step);
        _cached |= cached;
        Seconds += cached ? 0 : seconds;
    }
}
