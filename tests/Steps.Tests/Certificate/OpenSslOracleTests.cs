using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Certificate;

/// <summary>
/// Generated chains, right and wrong, in all forms of files. <c>openssl verify</c> and a real nginx know the right
/// verdict on each, and a client that trusts the roots accepts what nginx then sends.
/// </summary>
public sealed class OpenSslOracleTests : IDisposable
{
    private const int Chains = 2000;
    private const int Seed = 14;

    // Each one starts a program.
    private const int Handshakes = 300;

    private static readonly long Attime = Issued.Now.ToUnixTimeSeconds();

    private readonly TemporaryDirectory _directory = new();
    private readonly Random _random = new(Seed);

    [Fact]
    public async Task Our_verdict_is_that_of_openssl_and_nginx_starts_with_every_accepted_chain()
    {
        using var maker = new ChainMaker(Seed);
        var given = Enumerable.Range(0, Chains).Select(n => Write(n, maker.Next())).ToList();
        var verifying = VerifyAsync(given.Where(g => g.IsRight).Select(g => g.Number));
        var tried = given.AsParallel().AsOrdered().Select(Try).ToList();

        var verified = await verifying;
        var wrong =
            from t in tried
            let number = t.Given.Number
            let right = t.Given.IsRight && verified.Accepted.Contains(number)
            let isComplete = verified.Complete.Contains(number)
            let saysIncomplete = t.Findings.Any(f => f.Problem == CertificateProblem.ChainIncomplete)
            where right != t.IsUsable || (right && isComplete == saysIncomplete)
            select $"{number}: {t.Given.Story}: right: {right}, complete: {isComplete}; "
                + string.Join(" | ", t.Findings.Select(f => f.Message));

        Assert.Equal("", string.Join('\n', wrong.Take(20)));
        Assert.InRange(tried.Count(t => t.IsUsable), Chains / 4, Chains * 3 / 4);
        var usable = tried.Where(t => t.IsUsable).Select(t => t.Given.Number).ToList();
        await NginxReadsAsync(usable);
        await BrowsersTrustAsync(usable.Take(Handshakes), verified.Complete);
    }

    public void Dispose() => _directory.Dispose();

    private Given Write(int number, MadeChain chain)
    {
        var (chainFile, isSet, chainForm, isChain) = ChainFile(chain);
        var (keyFile, keyForm, isKey) = KeyFile(chain);
        WriteFile($"{number}.chain", chainFile);
        WriteFile($"{number}.key", keyFile);
        WriteForOpenSsl(number, chain);
        var isOwn = ReferenceEquals(chain.Key, chain.Leaf.PrivateKey);
        return new Given(
            number,
            $"{chain.Story}, {chainForm}, key {keyForm}",
            isChain && isKey && isOwn && (isSet || chain.InOrder)
        );
    }

    private Tried Try(Given files)
    {
        var given = Examine($"{files.Number}.chain", $"{files.Number}.key");
        if (given.Files is { } written)
        {
            File.WriteAllText(_directory.In($"{files.Number}.site.crt"), written.ChainPem);
            File.WriteAllText(_directory.In($"{files.Number}.site.key"), written.KeyPem);
        }

        return new Tried(files, given.Files is not null, given.Findings);
    }

    private ProvidedCertificate Examine(string chain, string key) =>
        ProvidedCertificate.Examine(_directory.In(chain), _directory.In(key), "erp.example.com", Issued.Now);

    // Most files hold the right content. The others hold something else by mistake.
    private (byte[] Bytes, bool IsSet, string Form, bool IsChain) ChainFile(MadeChain chain)
    {
        X509Certificate2Collection all = [.. chain.File.Select(f => f.Certificate)];
        var text = FileFormats.Texts.ElementAt(_random.Next(FileFormats.Texts.Count));
        var pem = FileFormats.Pems.ElementAt(_random.Next(FileFormats.Pems.Count));
        return _random.Next(24) switch
        {
            0 => (text.Value(Request(chain)), false, $"request, {text.Key}", false),
            1 => (all.Export(X509ContentType.Pkcs12)!, false, "PKCS#12", false),
            2 => (FileFormats.Pkcs7(all), true, "PKCS#7, DER", true),
            3 or 4 when all.Count == 1 => (all[0].RawData, false, "DER", true),
            _ => (
                text.Value(pem.Value(all)),
                pem.Key.StartsWith("PKCS#7", StringComparison.Ordinal),
                $"{pem.Key}, {text.Key}",
                true
            ),
        };
    }

    private (byte[] Bytes, string Form, bool IsKey) KeyFile(MadeChain chain)
    {
        var text = FileFormats.Texts.ElementAt(_random.Next(FileFormats.Texts.Count));
        return _random.Next(24) switch
        {
            0 => (text.Value(FileFormats.Encrypted(chain.Key)), $"encrypted, {text.Key}", false),
            1 => (text.Value(chain.Key.ExportSubjectPublicKeyInfoPem()), $"public, {text.Key}", false),
            2 => (chain.Key.ExportPkcs8PrivateKey(), "DER", true),
            < 10 => (text.Value(FileFormats.Traditional(chain.Key)), $"traditional, {text.Key}", true),
            _ => (text.Value(chain.Key.ExportPkcs8PrivateKeyPem() + "\n"), $"PKCS#8, {text.Key}", true),
        };
    }

    private static string Request(MadeChain chain) =>
        (
            chain.Key is RSA rsa
                ? new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : new CertificateRequest("CN=x", (ECDsa)chain.Key, HashAlgorithmName.SHA256)
        ).CreateSigningRequestPem() + "\n";

    private void WriteFile(string name, byte[] bytes)
    {
        File.WriteAllBytes(_directory.In(name), bytes);
        File.SetUnixFileMode(_directory.In(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    // Trusted are the roots in the file. A chain that ends in none of them is right as far as it goes, if no
    // certificate of the file has the name of the missing issuer.
    private void WriteForOpenSsl(int number, MadeChain chain)
    {
        var all = chain.File.Select(f => f.Certificate).ToList();
        var roots = all.Where(c => c.IsSelfIssued()).ToList();
        var ends = all.Where(c => !all.Exists(o => o.HasSubject(c.IssuerName)));
        Write(number, "leaf", [chain.Leaf.Certificate]);
        Write(number, "all", all);
        Write(number, "roots", roots);
        Write(number, "ends", [.. roots, .. ends]);
    }

    private void Write(int number, string what, IEnumerable<X509Certificate2> certificates) =>
        File.WriteAllText(
            _directory.In($"{number}.{what}"),
            string.Concat(certificates.Select(c => c.ExportCertificatePem() + "\n"))
        );

    private async Task<(HashSet<int> Complete, HashSet<int> Accepted)> VerifyAsync(IEnumerable<int> numbers)
    {
        Assert.SkipUnless(File.Exists(OpenSsl.Path), "needs openssl");
        foreach (var half in numbers.GroupBy(n => n % 2))
        {
            await File.WriteAllLinesAsync(_directory.In($"half{half.Key}"), half.Select(n => $"{n}"));
        }

        await File.WriteAllTextAsync(
            _directory.In("verify.sh"),
            $$"""
            export OPENSSL_CONF=/dev/null
            v() {
              openssl verify -purpose sslserver -attime {{Attime}} \
                "$@" -untrusted $n.all $n.leaf >/dev/null 2>&1
            }
            while read -r n; do
              if [ -s $n.roots ] && v -trusted $n.roots; then echo complete $n
              elif v -partial_chain -trusted $n.ends; then echo partial $n
              fi
            done <half$1
            """
        );
        var halves = await Task.WhenAll(
            ProgramRun.OfAsync(_directory.Path, "sh", "verify.sh", "0"),
            ProgramRun.OfAsync(_directory.Path, "sh", "verify.sh", "1")
        );
        var lines = halves.SelectMany(h => h.Succeeded().Split('\n')).Select(l => l.Split(' ')).ToList();
        return (
            [.. lines.Where(l => l[0] == "complete").Select(l => int.Parse(l[1], null))],
            [.. lines.Select(l => int.Parse(l[1], null))]
        );
    }

    private async Task NginxReadsAsync(IEnumerable<int> numbers)
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/nginx"), "needs nginx");
        var configuration = new StringBuilder(
            $$"""
            pid nginx.pid;
            events {}
            http {
              client_body_temp_path body; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
              access_log off;
              server_names_hash_max_size 65536;

            """
        );
        foreach (var n in numbers)
        {
            configuration.AppendLine(
                $"  server {{ listen unix:{_directory.In("socket")} ssl; server_name n{n}; "
                    + $"ssl_certificate {_directory.In($"{n}.site.crt")}; "
                    + $"ssl_certificate_key {_directory.In($"{n}.site.key")}; }}"
            );
        }

        configuration.AppendLine("}");
        await File.WriteAllTextAsync(_directory.In("nginx.conf"), configuration.ToString());
        var run = await ProgramRun.OfAsync(
            _directory.Path,
            "/usr/sbin/nginx",
            "-t",
            "-p",
            _directory.Path,
            "-e",
            "stderr",
            "-c",
            _directory.In("nginx.conf")
        );

        Assert.EndsWith("test is successful", run.Succeeded(), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\[(warn|alert|error|emerg)\]", run.Output);
    }

    // A client has only what nginx sends and the roots that it trusts.
    private async Task BrowsersTrustAsync(IEnumerable<int> numbers, HashSet<int> complete)
    {
        var expected = numbers.Select(n => complete.Contains(n) ? $"complete {n}" : $"partial {n}").ToList();
        await File.WriteAllLinesAsync(_directory.In("served"), expected);
        await File.WriteAllTextAsync(
            _directory.In("connect.sh"),
            $$"""
            export OPENSSL_CONF=/dev/null
            /usr/sbin/nginx -p {{_directory.Path}} -e errors -c nginx.conf || exit 1
            trap 'kill "$(cat nginx.pid)"' EXIT
            c() {
              openssl s_client -unix socket -servername n$n -verify 100 -verify_return_error -attime {{Attime}} \
                -verify_hostname erp.example.com -no-CApath -no-CAstore "$@" </dev/null >/dev/null 2>&1
            }
            while read -r chain n; do
              case $chain in
                complete) c -CAfile $n.roots ;;
                partial) c -partial_chain -CAfile $n.ends ;;
              esac && echo $chain $n
            done <served
            """
        );

        var run = await ProgramRun.OfAsync(_directory.Path, "sh", "connect.sh");

        Assert.Equal(expected, run.Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <param name="IsRight">Both files can be read, belong together, and are in order.</param>
    private sealed record Given(int Number, string Story, bool IsRight);

    private sealed record Tried(Given Given, bool IsUsable, IReadOnlyList<CertificateFinding> Findings);
}
