using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>Something at Nomad that is asked for again whenever it changed, by blocking queries.</summary>
/// <param name="ask">Asks for the value after an index; at once without an index.</param>
internal sealed class Watch<T>(Func<long?, Task<NomadAnswer<T>>> ask)
    where T : class
{
    private long? _index;
    private Task<NomadAnswer<T>>? _pending;

    /// <summary>What the last answer said; null before the first, and when there is no such thing.</summary>
    public T? Value { get; private set; }

    /// <summary>Ends when there is an answer to take.</summary>
    public Task Pending => _pending ??= ask(_index);

    /// <summary>Takes the answer, if there is one.</summary>
    public async Task TakeAsync()
    {
        if (_pending is not { IsCompleted: true } answered)
        {
            return;
        }

        _pending = null;
        var answer = await answered;

        // An index that decreased means a restored server: start again.
        _index = _index is { } before && answer.Index < before ? null : answer.Index;
        Value = answer.Value;
    }
}
