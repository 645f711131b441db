using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Support;

/// <summary>
/// Collects what helps to understand an installation from afar: state, logs, facts, plan, jobs. It changes nothing. A
/// part that cannot be read is named in the list, so a bundle can be made while Docker or Nomad do not answer.
/// </summary>
/// <param name="given">The answer file that was named on the command line, or null.</param>
public sealed class SupportBundle(Installation installation, string? given)
{
    /// <summary>How long one part may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>Collects it.</summary>
    public async Task<BundleContent> CollectAsync(CancellationToken cancellation)
    {
        var content = new BundleContent(installation.Secrets, installation.World.Time.GetUtcNow());
        foreach (var part in await ReadAsync(cancellation))
        {
            foreach (var text in part.Texts)
            {
                content.Add(text);
            }

            foreach (var remark in part.Remarks)
            {
                content.Remark(remark);
            }
        }

        return content;
    }

    // All secrets must be known before the first text is cleaned.
    private async Task<IReadOnlyList<BundlePart>> ReadAsync(CancellationToken cancellation)
    {
        var secrets = new BundleSecrets(installation);
        secrets.RegisterKnown();
        var variables = new BundlePart("the Variables at Nomad");
        await TryAsync(variables, (_, stop) => secrets.RegisterVariablesAsync(stop), cancellation);
        var host = new BundleHost(installation);
        var nomad = new BundleNomad(installation);
        var logs = new BundlePart("the logs of the containers");
        (BundlePart Part, Func<BundlePart, CancellationToken, Task> Read)[] parts =
        [
            (new BundlePart("the versions"), host.VersionsAsync),
            (new BundlePart("the host checks"), host.ChecksAsync),
            (new BundlePart("doctor"), host.LooksAsync),
            (new BundlePart("the plan"), host.PlanAsync),
            (new BundlePart("the state"), new BundleState(installation.Directory, given).ReadAsync),
            (new BundlePart("Docker"), host.EngineAsync),
            (new BundlePart("Nomad"), nomad.JobsAsync),
        ];
        var reading = parts.Select(p => TryAsync(p.Part, p.Read, cancellation)).ToList();
        if (variables.Remarks.Count == 0)
        {
            reading.Add(TryAsync(logs, nomad.LogsAsync, cancellation));
        }
        else
        {
            // A container may have written a password that only a Variable has.
            logs.Remark("left out, because the secrets in them are not known");
        }

        await Task.WhenAll(reading);
        return [.. parts.Select(p => p.Part), variables, logs];
    }

    private static async Task TryAsync(
        BundlePart part,
        Func<BundlePart, CancellationToken, Task> read,
        CancellationToken cancellation
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            // A dead file system blocks its reader.
            await Task.Run(() => read(part, patience.Token), patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            part.Remark($"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (InstallerException e)
        {
            part.Remark(e.Message);
        }
#pragma warning disable CA1031 // A bundle is wanted when something is wrong, and that may be the installer itself.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            part.Remark($"{e.GetType().Name}: {e.Message.Split('\n')[0]}");
        }
        finally
        {
            part.Close();
        }
    }
}
