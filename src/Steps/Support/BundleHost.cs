using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ErpInstaller.Core.Errors;
using ErpInstaller.Doctor;
using ErpInstaller.HostChecks;
using ErpInstaller.Run;

namespace ErpInstaller.Support;

/// <summary>Versions, host checks, plan, and the Docker engine.</summary>
internal sealed class BundleHost(Installation installation)
{
    private readonly OutsideWorld _world = installation.World;

    /// <summary>The versions of everything that takes part.</summary>
    public async Task VersionsAsync(BundlePart part, CancellationToken cancellation)
    {
        var identity = _world.Host.ReadIdentity();
        var lines = new StringBuilder()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"installer     {Version()}{(_world.IsRehearsal ? ", rehearsal" : "")}"
            )
            .AppendLine(CultureInfo.InvariantCulture, $"release       {installation.Settings.Release.Version}")
            .AppendLine(CultureInfo.InvariantCulture, $"host          {identity.Name}, {identity.Machine}")
            .AppendLine(CultureInfo.InvariantCulture, $"system        {RuntimeInformation.OSDescription}")
            .AppendLine(CultureInfo.InvariantCulture, $"runtime       {RuntimeInformation.FrameworkDescription}")
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"Docker        {await SayAsync(EngineVersionAsync, cancellation)}"
            )
            .AppendLine(CultureInfo.InvariantCulture, $"docker buildx {await SayAsync(BuildxAsync, cancellation)}")
            .AppendLine(CultureInfo.InvariantCulture, $"git           {await SayAsync(GitAsync, cancellation)}")
            .AppendLine(CultureInfo.InvariantCulture, $"Nomad         {await SayAsync(NomadAsync, cancellation)}");
        part.Add("versions.txt", "versions of everything that takes part", lines.ToString());
    }

    /// <summary>The host checks, made now.</summary>
    public async Task ChecksAsync(BundlePart part, CancellationToken cancellation)
    {
        var report = await HostChecksStep.CheckAsync(
            installation.Quietly(_ => { }).ContextOf(new HostChecksStep()),
            cancellation
        );
        var lines = new StringBuilder().AppendLine(report.Summary);
        foreach (var row in report.Rows)
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"{row.Verdict, -9}{row.Id, -18} {row.Found}; needed: {row.Needed}"
            );
        }

        part.Add("host-checks.txt", "the host checks, made now", lines.ToString());
    }

    /// <summary>The looks of <c>doctor</c>, and the facts that they judge.</summary>
    public async Task LooksAsync(BundlePart part, CancellationToken cancellation)
    {
        if (installation.Settings.Answers.Site.Name.Length == 0)
        {
            part.Remark("without answers there is no site to look at");
            return;
        }

        var checkup = await Checkup.MakeAsync(installation, cancellation);
        var lines = new StringBuilder().AppendLine(checkup.Summary);
        foreach (var look in checkup.Looks)
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"{LookTaken.WordOf(look.Verdict), -8} {look.Look, -18} {look.Found}; expected: {look.Expected}"
            );
        }

        part.Add("doctor.txt", "the looks at the running installation", lines.ToString());
        part.Add(
            "doctor.json",
            "what they judge",
            JsonSerializer.Serialize(checkup.Facts, DoctorJson.Default.DoctorFacts)
        );
    }

    /// <summary>What an install would do now.</summary>
    public async Task PlanAsync(BundlePart part, CancellationToken cancellation)
    {
        var lines = new StringBuilder();
        var quiet = installation.Quietly(happened =>
        {
            if (happened is StepPlanned planned)
            {
                Write(planned, lines);
            }
        });
        try
        {
            await new Planner(quiet) { KeepsShown = false }.PlanAsync(cancellation);
        }
        catch (InstallerException e)
        {
            lines.AppendLine(CultureInfo.InvariantCulture, $"{e.Code}: {e.Message}");
        }

        part.Add("plan.txt", "what an install would do now", lines.ToString());
    }

    /// <summary>The engine, its disk, its running containers and its networks.</summary>
    public async Task EngineAsync(BundlePart part, CancellationToken cancellation)
    {
        var info = await _world.Docker.GetInfoAsync(cancellation);
        var lines = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{info.Product} {info.Version}, API {info.ApiVersion}")
            .AppendLine(CultureInfo.InvariantCulture, $"root {info.RootDirectory}, storage driver {info.StorageDriver}")
            .AppendLine(CultureInfo.InvariantCulture, $"security options: {string.Join(", ", info.SecurityOptions)}")
            .AppendLine(await _world.Docker.DescribeDiskAsync(cancellation))
            .AppendLine()
            .AppendLine("Running containers");
        foreach (var container in await _world.Docker.ListContainersAsync(cancellation))
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {container.Name}  {container.Image}  ports {string.Join(",", container.Ports.Distinct())}"
            );
        }

        lines.AppendLine().AppendLine("Networks");
        foreach (var network in await _world.Docker.ListNetworksAsync(cancellation))
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {network.Name}  {network.Driver}  {string.Join(",", network.Subnets)}  MTU {network.Mtu}"
            );
        }

        part.Add("docker.txt", "the engine, its containers and networks", lines.ToString());
    }

    private static void Write(StepPlanned planned, StringBuilder lines)
    {
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"{planned.Step}: {(planned.InPlace ? "in place: " : "")}{planned.Summary}"
        );
        foreach (var change in planned.Changes)
        {
            lines.AppendLine(CultureInfo.InvariantCulture, $"  {change.Kind} {change.Subject}: {change.Why}");
        }
    }

    private static string Version() =>
        typeof(BundleHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    private async Task<string> EngineVersionAsync(CancellationToken cancellation)
    {
        var info = await _world.Docker.GetInfoAsync(cancellation);
        return $"{info.Product} {info.Version}, API {info.ApiVersion}";
    }

    private async Task<string> BuildxAsync(CancellationToken cancellation) =>
        await _world.Docker.FindBuildxAsync(cancellation) ?? "not installed";

    private Task<string> GitAsync(CancellationToken cancellation) =>
        _world.Host.AskProgramAsync("git", ["--version"], cancellation);

    private async Task<string> NomadAsync(CancellationToken cancellation)
    {
        var agent = (await _world.Nomad.GetAgentAsync(cancellation)).Config;
        return $"{agent.Version.Version} at {_world.Nomad.Address}, ACL {(agent.ACL.Enabled ? "on" : "off")}"
            + (agent.DevMode ? ", development agent" : "");
    }

    private static async Task<string> SayAsync(
        Func<CancellationToken, Task<string>> ask,
        CancellationToken cancellation
    )
    {
        try
        {
            return await ask(cancellation);
        }
        catch (InstallerException e)
        {
            return e.Message;
        }
    }
}
