using System.Collections;

namespace ErpInstaller.Deployment.Jobs;

/// <summary>
/// One value for each of the three jobs. The enumeration has the order in which the jobs are registered.
/// </summary>
public sealed record JobSet<T>(T Data, T Init, T Application) : IEnumerable<T>
{
    /// <summary>Maps the value of each job.</summary>
    public JobSet<TResult> Map<TResult>(Func<T, TResult> change) =>
        new(change(Data), change(Init), change(Application));

    /// <inheritdoc cref="Map{TResult}(Func{T, TResult})"/>
    public async Task<JobSet<TResult>> MapAsync<TResult>(Func<T, Task<TResult>> changeAsync) =>
        new(await changeAsync(Data), await changeAsync(Init), await changeAsync(Application));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        yield return Data;
        yield return Init;
        yield return Application;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
