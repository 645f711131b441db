using ErpInstaller.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ErpInstaller.Tests;

/// <summary>
/// The order in which the folders depend on each other. The test reads base types, members, attributes and code from
/// the compiled assemblies. Constants leave no trace there.
/// </summary>
public sealed class LayersTests
{
    private const string Prefix = "ErpInstaller.";

    // A folder uses those above it, and no other. A folder is a namespace.
    private static readonly string[] Library =
    [
        "Core.Native",
        "Core.Errors",
        "Core.Ids",
        "Core.Text",
        "Core.Files",
        "Core.Secrets",
        "Core.Toml",
        "Core.Assets",
        "Outside.Docker",
        "Outside.Git",
        "Outside.Nomad",
        "Outside.Host",
        "Outside.Site",
        "Releases",
        "Answers",
        "Answers.Keys",
        "Answers.Rules",
        "Answers.Files",
        "Answers.Interview",
        "Run",
        "Apps.Requirements",
        "Apps",
        "Certificate.Provided",
        "Certificate",
        "Image",
        "Deployment.Jobs",
        "Deployment.Cluster",
        "Deployment.ErpNext",
        "Deployment.Secrets",
        "Deployment.Following",
        "Deployment",
        "HostChecks.Facts",
        "HostChecks.Checks",
        "HostChecks",
        "Verification",
        "Backup",
        "Restore",
        "Updates",
        "Containers",
        "Live",
        "Doctor",
        "Support",
        "Removal",
        "Rehearsal",
        "Composition",
    ];

    private static readonly string[] Program =
    [
        "Json",
        "Terminal",
        "Lines",
        "Attach",
        "Screens.Widgets",
        "Screens.Running",
        "Screens",
        "Screens.Frame",
        "CommandLine",
    ];

    [Theory]
    [InlineData("ErpInstaller.Steps")]
    [InlineData("erp-installer")]
    public void A_folder_uses_only_folders_above_it(string assembly)
    {
        string[] order = [.. Library, .. Program];
        var upward =
            from arrow in Arrows(assembly)
            let own = Array.IndexOf(order, FolderOf(arrow.From))
            let used = Array.IndexOf(order, FolderOf(arrow.To))
            where used > own || own < 0 || used < 0
            select $"{FolderOf(arrow.From)} → {FolderOf(arrow.To)}: {arrow.From.Name} uses {arrow.To.Name}";

        Assert.Equal("", string.Join('\n', upward.Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Terminal_Gui_is_known_in_one_folder()
    {
        using var module = Read("erp-installer");
        var users =
            from type in module.GetAllTypes()
            where FolderOf(Outer(type)) is not ("Terminal" or "")
            from used in Used(type)
            where used.Namespace.StartsWith("Terminal.Gui", StringComparison.Ordinal)
            select $"{Outer(type).FullName} uses {used.FullName}";

        Assert.Equal("", string.Join('\n', users.Distinct().Order(StringComparer.Ordinal)));
    }

    private static List<(TypeDefinition From, TypeDefinition To)> Arrows(string assembly)
    {
        using var module = Read(assembly);
        return
        [
            .. from type in module.GetAllTypes()
            let own = Outer(type)
            where IsOurs(own)
            from used in Used(type)
            let definition = Resolve(used)
            where definition is not null && Outer(definition) != own
            select (own, Outer(definition)),
        ];
    }

    private static ModuleDefinition Read(string assembly)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        return ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"),
            new ReaderParameters { AssemblyResolver = resolver }
        );
    }

    // Types of other assemblies need not be resolved, and some cannot be.
    private static TypeDefinition? Resolve(TypeReference type) => IsOurs(type) ? type.Resolve() : null;

    private static bool IsOurs(TypeReference type) =>
        type.DeclaringType is { } outer ? IsOurs(outer) : type.Namespace.StartsWith(Prefix, StringComparison.Ordinal);

    private static string FolderOf(TypeDefinition type) => IsOurs(type) ? type.Namespace[Prefix.Length..] : "";

    private static TypeDefinition Outer(TypeDefinition type) => type.DeclaringType is { } outer ? Outer(outer) : type;

    private static IEnumerable<TypeReference> Used(TypeDefinition type)
    {
        IEnumerable<TypeReference?> direct =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.CustomAttributes.Select(a => a.AttributeType),
            .. type
                .CustomAttributes.SelectMany(a => a.ConstructorArguments)
                .Select(a => a.Value)
                .OfType<TypeReference>(),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Properties.Select(p => p.PropertyType),
            .. type.Methods.SelectMany(Used),
        ];
        return direct.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> Used(MethodDefinition method) =>
        [
            method.ReturnType,
            .. method.Parameters.Select(p => p.ParameterType),
            .. !method.HasBody ? [] : method.Body.Variables.Select(v => v.VariableType),
            .. !method.HasBody ? [] : method.Body.ExceptionHandlers.Select(h => h.CatchType),
            .. !method.HasBody ? [] : method.Body.Instructions.SelectMany(Used),
        ];

    private static IEnumerable<TypeReference?> Used(Instruction instruction) =>
        instruction.Operand switch
        {
            TypeReference type => [type],
            GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
            MemberReference member => [member.DeclaringType],
            _ => [],
        };

    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericParameter => [],
            GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
            TypeSpecification special => Parts(special.ElementType),
            _ => [type],
        };
}
