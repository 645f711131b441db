using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Nomad answers 403: the token is wrong or may not do this.</summary>
/// <param name="what">What was asked for.</param>
/// <param name="capability">The ACL capability it needs, for example <c>namespace submit-job</c>.</param>
public sealed class NomadDenied(string what, string capability, bool withToken)
    : InstallerException(
        $"Nomad denies {what}" + (withToken ? " to this token" : ": no token was given"),
        $"It needs the capability {capability}. Give a token that has it: nomad.token in the answers, or NOMAD_TOKEN.",
        ExitCode.StepFailed
    );
