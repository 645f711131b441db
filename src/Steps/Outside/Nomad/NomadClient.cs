using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Nomad;

/// <summary>
/// The part of Nomad's HTTP API that an installation needs. Errors are <see cref="NomadUnreachable"/>,
/// <see cref="NomadDenied"/>, <see cref="NomadRefused"/> and <see cref="NomadConflict"/>; a missing object is null.
/// </summary>
public sealed partial class NomadClient : IDisposable
{
    /// <summary>Longest time that a blocking query waits at the server.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // A server adds up to wait/16, so that clients do not all return at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30) + LongestWait + (LongestWait / 16);

    private const string TlsHint =
        "If the agent runs (systemctl status nomad), the certificates do not fit. "
        + "Its authority is nomad.ca_certificate in the answers (NOMAD_CACERT), the name in its certificate "
        + "nomad.tls_server_name (NOMAD_TLS_SERVER_NAME, often server.REGION.nomad), "
        + "and yours nomad.client_certificate and nomad.client_key (NOMAD_CLIENT_CERT, NOMAD_CLIENT_KEY).";

    private const string TokenHeader = "X-Nomad-Token";
    private const string Forwarded = "rpc error: ";
    private const string NoRegion = "No path to region";

    private readonly HttpClient _http;
    private readonly NomadConnection _connection;

    /// <param name="connection">Address, token and certificates.</param>
    /// <param name="handler">Sends the requests: <see cref="NomadConnection.CreateHandler"/>, or a simulated
    /// Nomad.</param>
    public NomadClient(NomadConnection connection, HttpMessageHandler handler)
    {
        _connection = connection;
        _http = new HttpClient(handler) { BaseAddress = connection.RequestBase, Timeout = Patience };

        // The handler uses the host as TLS server name, so the name expected in the certificate goes with every
        // request.
        _http.DefaultRequestHeaders.Host = connection.TlsServerName;
        if (connection.HttpAuth is { } userAndPassword)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword))
            );
        }
    }

    /// <summary>Where it is.</summary>
    public Uri Address => _connection.Address;

    /// <summary>Namespace of jobs and variables.</summary>
    public string Namespace => _connection.Namespace;

    /// <summary>The token is read from its file for every request: another one may come while this runs.</summary>
    public bool ReadsToken => _connection.ReadToken is not null;

    private string? CurrentToken => _connection.ReadToken?.Invoke() ?? _connection.Token;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<T?> FindAsync<T>(
        string path,
        JsonTypeInfo<T> type,
        string capability,
        CancellationToken cancellation
    )
        where T : class => (await GetAsync(path, type, capability, cancellation)).Value;

    private async Task<NomadAnswer<T>> GetAsync<T>(
        string path,
        JsonTypeInfo<T> type,
        string capability,
        CancellationToken cancellation,
        long? index = null,
        string query = ""
    )
        where T : class
    {
        if (index is { } known)
        {
            query = FormattableString.Invariant($"index={known}&wait={(int)LongestWait.TotalSeconds}s");
        }

        using var answer = await SendAsync(HttpMethod.Get, path, query, content: null, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return new NomadAnswer<T>(null, IndexOf(answer));
        }

        var body = await BodyAsync(answer, $"to read {path}", capability, cancellation);
        return new NomadAnswer<T>(Parse(body, type, path), IndexOf(answer));
    }

    private async Task<T> PutAsync<T>(
        string path,
        string query,
        JsonObject content,
        JsonTypeInfo<T> type,
        string what,
        string capability,
        CancellationToken cancellation
    )
        where T : class
    {
        using var answer = await SendAsync(HttpMethod.Put, path, query, content, cancellation);
        return Parse(await BodyAsync(answer, what, capability, cancellation), type, path)
            ?? throw NotNomad(path, "it is null", cause: null);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string query,
        JsonObject? content,
        CancellationToken cancellation,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead
    )
    {
        using var request = new HttpRequestMessage(method, $"{path}?{Scope()}{(query.Length == 0 ? "" : "&" + query)}");
        if (CurrentToken is { } token)
        {
            request.Headers.Add(TokenHeader, token);
        }

        if (content is not null)
        {
            request.Content = new StringContent(
                content.ToJsonString(),
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            );
        }

        try
        {
            return await _http.SendAsync(request, completion, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw new NomadUnreachable(
                $"Nomad at {Address} does not answer: {Innermost(e).Message}",
                HintFor(e.HttpRequestError),
                e
            );
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new NomadUnreachable(
                $"Nomad at {Address} took longer than {Patience.TotalSeconds:0} s to answer",
                "Check the load of the servers: nomad server members",
                e
            );
        }
    }

    // A TLS connection that breaks after it was opened has a problem with certificates, whatever the library reports.
    private string HintFor(HttpRequestError error) =>
        Address.Scheme == Uri.UriSchemeHttps
        && error is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
            ? TlsHint
            : NomadUnreachable.HintFor(Address);

    private string Scope()
    {
        var region = _connection.Region is { } name ? $"&region={Uri.EscapeDataString(name)}" : "";
        return $"namespace={Uri.EscapeDataString(Namespace)}{region}";
    }

    // Nomad's status codes are not precise: an invalid job and a lost leader are both 500. The text decides.
    private async Task<string> BodyAsync(
        HttpResponseMessage answer,
        string what,
        string capability,
        CancellationToken cancellation
    )
    {
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        if (answer.IsSuccessStatusCode)
        {
            return body;
        }

        // A follower prefixes every error of the servers with this, including faults of a job (helper/pool/pool.go).
        var said = TerminalText.Clean(body.Trim());
        said = said.StartsWith(Forwarded, StringComparison.Ordinal) ? said[Forwarded.Length..] : said;
        throw (answer.StatusCode, said) switch
        {
            (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, _) => new NomadDenied(
                what,
                capability,
                _connection.Token is not null
            ),
            (HttpStatusCode.Conflict, _) => new NomadConflict(what),
            (_, var text) when text.Contains("Enforcing job modify index", StringComparison.Ordinal) =>
                new NomadConflict(what),
            (_, var text) when text.Contains(NoRegion, StringComparison.Ordinal) => new NomadUnreachable(
                $"Nomad at {Address} cannot answer now: {text} {_connection.Region}",
                "Is nomad.region in the answers (or NOMAD_REGION) right? nomad server members lists those that it "
                    + "knows."
            ),
            (_, var text) when IsPassing(answer, text) => new NomadUnreachable(
                $"Nomad at {Address} cannot answer now: {text}",
                "Check the servers: nomad server members"
            ),
            (_, var text) => new NomadRefused(what, NomadRefused.Condense(text)),
        };
    }

    // A failed query is always a fault of the servers. For a write, the text tells whether the content was wrong.
    private static bool IsPassing(HttpResponseMessage answer, string text) =>
        answer.StatusCode
            is HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout
                or HttpStatusCode.TooManyRequests
        || (int)answer.StatusCode >= 500
            && (
                answer.RequestMessage?.Method == HttpMethod.Get
                || NomadFailures.OfRequests.Find(text) is { IsFinal: false }
            );

    private T? Parse<T>(string body, JsonTypeInfo<T> type, string path)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException e)
        {
            throw NotNomad(path, e.Message.Split('\n')[0], e);
        }
    }

    private NomadUnreachable NotNomad(string path, string why, Exception? cause) =>
        new(
            $"{Address}{path.TrimStart('/')}: the answer is not Nomad's: {why}",
            "Is another service at this address?",
            cause
        );

    private static long IndexOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Nomad-Index", out var values) && long.TryParse(values.First(), out var index)
            ? index
            : 0;

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
