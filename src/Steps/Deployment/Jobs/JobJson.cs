using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ErpInstaller.Deployment.Jobs;

/// <summary>
/// A job as the HTTP API takes it: durations in nanoseconds; in driver configuration nested blocks are arrays and maps are
/// lists of maps (a plain map fails at run time with "list of map of string required").
/// </summary>
public static class JobJson
{
    /// <summary>The object that stands below <c>Job</c>.</summary>
    public static JsonObject Render(Job job)
    {
        var result = new JsonObject
        {
            ["ID"] = job.Id,
            ["Name"] = job.Id,
            ["Namespace"] = job.Namespace,
            ["Type"] = job.Type,
            ["Datacenters"] = new JsonArray(job.Datacenter),
            ["NodePool"] = job.NodePool,
            ["Meta"] = Map(job.Meta),
            ["Constraints"] = List(job.Constraints, Constraint),
            ["TaskGroups"] = List(job.Groups, g => Group(job, g)),
        };
        if (job.Spreads.Count > 0)
        {
            result["Spreads"] = List(job.Spreads, s => new JsonObject
            {
                ["Attribute"] = s,
                ["Weight"] = JobPolicies.SpreadWeight,
            });
        }

        return result;
    }

    /// <summary>The text of a <c>.nomad.json</c> file, as <c>nomad job run -json</c> takes it.</summary>
    public static string Text(Job job)
    {
        using var buffer = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            new JsonObject { ["Job"] = Render(job) }.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static JsonObject Group(Job job, JobGroup group)
    {
        var result = new JsonObject
        {
            ["Name"] = group.Name,
            ["Count"] = group.Count,
            ["RestartPolicy"] = Restart(group),
            ["ReschedulePolicy"] = Reschedule(group),
            ["Tasks"] = List(group.Tasks, Task),
        };
        if (group.Meta.Count > 0)
        {
            result["Meta"] = Map(group.Meta);
        }

        if (group.Constraints.Count > 0)
        {
            result["Constraints"] = List(group.Constraints, Constraint);
        }

        if (group.Volumes.Count > 0)
        {
            result["Volumes"] = new JsonObject(
                group.Volumes.Select(v => KeyValuePair.Create(v.Name, (JsonNode?)Volume(v)))
            );
        }

        if (job.Type == "service")
        {
            result["Update"] = Update(group);
        }

        if (group.Ports.Count > 0)
        {
            result["Networks"] = new JsonArray(
                new JsonObject
                {
                    ["ReservedPorts"] = List(group.Ports.Where(p => p.Static is not null), Port),
                    ["DynamicPorts"] = List(group.Ports.Where(p => p.Static is null), Port),
                }
            );
        }

        if (group.Services.Count > 0)
        {
            result["Services"] = List(group.Services, Service);
        }

        return result;
    }

    private static JsonObject Constraint(JobConstraint constraint) =>
        new()
        {
            ["LTarget"] = constraint.Attribute,
            ["Operand"] = constraint.Operator,
            ["RTarget"] = constraint.Value,
        };

    private static JsonObject Volume(JobVolume volume) =>
        new()
        {
            ["Name"] = volume.Name,
            ["Type"] = "host",
            ["Source"] = volume.Source,
            ["ReadOnly"] = volume.ReadOnly,
        };

    private static JsonObject Service(JobService service)
    {
        var result = new JsonObject
        {
            ["Name"] = service.Name,
            ["PortLabel"] = service.Port,
            ["Provider"] = "nomad",
            ["Tags"] = Strings(service.Tags),
        };
        if (service.AddressMode is not null)
        {
            result["AddressMode"] = service.AddressMode;
        }

        return result;
    }

    private static JsonObject Update(JobGroup group)
    {
        var result = new JsonObject
        {
            ["MaxParallel"] = JobPolicies.MaxParallel,
            ["HealthCheck"] = "task_states",
            ["MinHealthyTime"] = Nanoseconds(JobPolicies.MinHealthyTime),
            ["HealthyDeadline"] = Nanoseconds(JobPolicies.HealthyDeadline),
            ["ProgressDeadline"] = Nanoseconds(JobPolicies.ProgressDeadline),
        };
        if (group.Canaries > 0)
        {
            result["Canary"] = group.Canaries;
            result["AutoPromote"] = true;
        }

        return result;
    }

    private static JsonObject Restart(JobGroup group) =>
        new()
        {
            ["Attempts"] = group.Restarts ? JobPolicies.RestartAttempts : 0,
            ["Interval"] = Nanoseconds(JobPolicies.RestartInterval),
            ["Delay"] = Nanoseconds(JobPolicies.RestartDelay),
            ["Mode"] = group.Restarts ? "delay" : "fail",
        };

    private static JsonObject Reschedule(JobGroup group) =>
        !group.Restarts
            ? new JsonObject { ["Attempts"] = 0, ["Unlimited"] = false }
            : new JsonObject
            {
                ["Unlimited"] = true,
                ["Delay"] = Nanoseconds(JobPolicies.RescheduleDelay),
                ["DelayFunction"] = "exponential",
                ["MaxDelay"] = Nanoseconds(JobPolicies.RescheduleMaxDelay),
            };

    private static JsonObject Port(JobPort port)
    {
        var result = new JsonObject { ["Label"] = port.Label, ["To"] = port.To };
        if (port.Static is { } value)
        {
            result["Value"] = value;
        }

        return result;
    }

    private static JsonObject Task(JobTask task)
    {
        var result = new JsonObject
        {
            ["Name"] = task.Name,
            ["Driver"] = "docker",
            ["Config"] = Config(task),
            ["Env"] = Map(task.Env),
            ["Templates"] = List(task.Templates, Template),
            ["Resources"] = new JsonObject { ["CPU"] = task.Mhz, ["MemoryMB"] = task.Memory },
            ["KillTimeout"] = Nanoseconds(JobPolicies.KillTimeout),
            ["LogConfig"] = new JsonObject
            {
                ["MaxFiles"] = JobPolicies.LogFiles,
                ["MaxFileSizeMB"] = JobPolicies.LogFileMegabytes,
            },
        };
        if (task.ShutdownDelay > TimeSpan.Zero)
        {
            result["ShutdownDelay"] = Nanoseconds(task.ShutdownDelay);
        }

        if (task.VolumeMounts.Count > 0)
        {
            result["VolumeMounts"] = List(task.VolumeMounts, m => new JsonObject
            {
                ["Volume"] = m.Volume,
                ["Destination"] = m.Destination,
                ["ReadOnly"] = m.ReadOnly,
            });
        }

        if (task.Prestart)
        {
            result["Lifecycle"] = new JsonObject { ["Hook"] = "prestart", ["Sidecar"] = false };
        }

        return result;
    }

    private static JsonObject Config(JobTask task)
    {
        var config = new JsonObject { ["image"] = task.Image };
        if (task.Command is not null)
        {
            config["command"] = task.Command;
        }

        if (task.Args.Count > 0)
        {
            config["args"] = Strings(task.Args);
        }

        config["init"] = true;
        config["image_pull_timeout"] = JobPolicies.ImagePullTimeout;
        if (task.Network is not null)
        {
            config["network_mode"] = task.Network;
        }

        if (task.Aliases.Count > 0)
        {
            config["network_aliases"] = Strings(task.Aliases);
        }

        if (task.Ports.Count > 0)
        {
            config["ports"] = Strings(task.Ports);
        }

        if (task.ExtraHosts.Count > 0)
        {
            config["extra_hosts"] = Strings(task.ExtraHosts);
        }

        if (task.DnsOptions.Count > 0)
        {
            config["dns_options"] = Strings(task.DnsOptions);
        }

        if (task.Mounts.Count > 0)
        {
            config["mount"] = List(task.Mounts, Mount);
        }

        return config;
    }

    private static JsonObject Mount(JobMount mount) =>
        mount.Volume is { } volume
            ? new JsonObject
            {
                ["type"] = "volume",
                ["source"] = volume,
                ["target"] = mount.Target,
                ["volume_options"] = new JsonArray(VolumeOptions(mount)),
            }
            : new JsonObject { ["type"] = "tmpfs", ["target"] = mount.Target };

    // What is mounted from elsewhere is not filled from the image: its owner there may refuse that, and others use it already.
    private static JsonObject VolumeOptions(JobMount mount)
    {
        var options = new JsonObject { ["labels"] = new JsonArray(Map(JobPolicies.Labels)) };
        if (mount.DriverOptions.Count > 0)
        {
            options["no_copy"] = true;
            options["driver_config"] = new JsonArray(
                new JsonObject { ["name"] = "local", ["options"] = new JsonArray(Map(mount.DriverOptions)) }
            );
        }

        return options;
    }

    private static JsonObject Template(JobTemplate template)
    {
        var result = new JsonObject
        {
            ["EmbeddedTmpl"] = template.Text,
            ["DestPath"] = template.Destination,
            ["Perms"] = template.Mode,
            ["Uid"] = template.Owner,
            ["Gid"] = template.Owner,
            ["ChangeMode"] = template.OnChange switch
            {
                TemplateChange.Reload => "signal",
                TemplateChange.Restart => "restart",
                _ => "noop",
            },
        };
        if (template.OnChange == TemplateChange.Reload)
        {
            result["ChangeSignal"] = "SIGHUP";
        }

        if (template.IsEnvironment)
        {
            result["Envvars"] = true;
        }

        return result;
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * 100;

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonObject> render) =>
        new([.. items.Select(render)]);

    private static JsonArray Strings(IEnumerable<string> items) => new([.. items.Select(i => (JsonNode?)i)]);

    private static JsonObject Map(IReadOnlyDictionary<string, string> map) =>
        new(
            map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))
        );
}
