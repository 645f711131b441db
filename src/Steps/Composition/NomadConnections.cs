using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Composition;

/// <summary>
/// Finds out how to reach Nomad: from the answers, then from the NOMAD_* variables that every Nomad user has, then
/// from Nomad's own defaults.
/// </summary>
internal static class NomadConnections
{
    private const string TokenKey = "nomad.token";

    /// <summary>Creates the connection settings.</summary>
    /// <param name="answers">The <c>[nomad]</c> table.</param>
    /// <param name="secrets">Resolves the token and registers it for redaction.</param>
    /// <exception cref="InstallerException">The address is not an http or https address.</exception>
    /// <exception cref="SecretUnavailable">The answers name a token that is not available or not valid.</exception>
    public static NomadConnection From(NomadAnswers answers, SecretStore secrets)
    {
        return new NomadConnection
        {
            Address = Parse(answers.Address ?? Variable("NOMAD_ADDR") ?? "http://127.0.0.1:4646"),
            Token = FindToken(answers.Token, secrets),
            ReadToken = answers.Token is { File: not null } file ? () => FindToken(file, secrets)! : null,
            Namespace = answers.Namespace ?? Variable("NOMAD_NAMESPACE") ?? "default",
            Region = answers.Region ?? Variable("NOMAD_REGION"),
            CaCertificate = answers.CaCertificate ?? Variable("NOMAD_CACERT"),
            CaDirectory = Variable("NOMAD_CAPATH"),
            ClientCertificate = answers.ClientCertificate ?? Variable("NOMAD_CLIENT_CERT"),
            ClientKey = answers.ClientKey ?? Variable("NOMAD_CLIENT_KEY"),
            TlsServerName = answers.TlsServerName ?? Variable("NOMAD_TLS_SERVER_NAME"),
            SkipVerify = Variable("NOMAD_SKIP_VERIFY") is "1" or "t" or "T" or "true" or "True" or "TRUE",
            HttpAuth = Secret("NOMAD_HTTP_AUTH", secrets),
        };
    }

    private static string? FindToken(SecretSource? source, SecretStore secrets)
    {
        var token = source is not null ? secrets.Resolve(source, TokenKey) : Secret("NOMAD_TOKEN", secrets);
        return token?.Any(char.IsControl) == true
            ? throw new SecretUnavailable(
                $"nomad.token: the value in {source?.ToString() ?? "environment variable NOMAD_TOKEN"} "
                    + "contains a line break or another control character",
                "A token is one line: export NOMAD_TOKEN=…"
            )
            : token;
    }

    private static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https" || IsSocket(uri))
            ? uri
            : throw new InstallerException(
                ErrorCode.NomadConnectionWrong,
                $"{address}: not an http or https address, and not unix:///PATH",
                "For example: export NOMAD_ADDR=http://127.0.0.1:4646"
            );

    private static bool IsSocket(Uri uri) =>
        uri.Scheme == NomadConnection.SocketScheme && uri.Host.Length == 0 && uri.LocalPath.Length > 1;

    private static string? Secret(string variable, SecretStore secrets) =>
        Variable(variable) is { } value ? secrets.Register(value) : null;

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
