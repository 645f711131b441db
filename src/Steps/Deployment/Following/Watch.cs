using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>An object at Nomad that is read again at each change, by blocking queries.</summary>
/// <param name="ask">Asks for the value after an index; at once without an index.</param>
internal sealed class Watch<T>(Func<long?, Task<NomadAnswer<T>>> ask)
    where T : class
{
    private long? _index;
    private Task<NomadAnswer<T>>? _pending;

    /// <summary>The last answer; null before the first, and if the object does not exist.</summary>
    public T? Value { get; private set; }

    /// <summary>Ends when there is an answer.</summary>
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
