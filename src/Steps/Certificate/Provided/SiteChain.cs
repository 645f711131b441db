using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>
/// The site's chain, verified at each link: signature, validity, basic constraints, path length, key usage and name
/// constraints. Trusted are the roots of this system, and a root in the file: a company's own, which its browsers know.
/// </summary>
internal sealed class SiteChain
{
    private readonly ChainFindings _say;
    private readonly IReadOnlyList<X509Certificate2> _all;
    private readonly List<CertificateFinding> _findings = [];
    private readonly List<X509Certificate2> _ordered;
    private readonly DateTimeOffset _now;

    private SiteChain(string path, X509Certificate2 leaf, IReadOnlyList<X509Certificate2> all, DateTimeOffset now)
    {
        (_say, _all, _now) = (new ChainFindings(path, all, now), all, now);
        var others = all.Where(c => !ReferenceEquals(c, leaf)).ToList();
        var bySystem = ChainTrust.Build(leaf, others, now, roots: null);

        // A chain may continue past an expired root to an issuer that cross-signed the same key.
        var roots = all.Where(c => c.IsSelfIssued() && SiteCertificate.IsValid(c, now));
        var byFile = ChainTrust.Build(leaf, others, now, roots);
        _ordered = OfFile(byFile);
        IsTrusted = bySystem.IsTrusted;
        if (!IsTrusted)
        {
            CheckLinks(byFile);
            CheckEnd(bySystem.IsComplete || byFile.IsComplete);
        }

        CheckPurposesAndEnds(IsTrusted ? OfFile(bySystem) : _ordered);
    }

    /// <summary>The certificates of the chain, leaf first, as far as the file has them.</summary>
    public IReadOnlyList<X509Certificate2> Ordered => _ordered;

    /// <summary>True when this system trusts it.</summary>
    public bool IsTrusted { get; }

    /// <summary>True when a link has an error.</summary>
    public bool IsBroken => _findings.Exists(f => !f.IsWarning);

    /// <summary>Errors and warnings about its links. Those about the leaf alone are <see cref="LeafRules"/>.</summary>
    public IReadOnlyList<CertificateFinding> Findings => _findings;

    /// <summary>Verifies the chain of a leaf.</summary>
    /// <param name="all">The certificates of the file, each once, in its order; the leaf is among them.</param>
    public static SiteChain Verify(
        string path,
        X509Certificate2 leaf,
        IReadOnlyList<X509Certificate2> all,
        DateTimeOffset now
    ) => new(path, leaf, all, now);

    private List<X509Certificate2> OfFile(BuiltChain built) =>
        [
            .. built
                .Links.Select(l => _all.FirstOrDefault(c => c.RawDataMemory.Span.SequenceEqual(l.Der)))
                .OfType<X509Certificate2>(),
        ];

    private void CheckLinks(BuiltChain built)
    {
        // The dates are checked here: OpenSSL does not check those of the last certificate of a chain without a root.
        _findings.AddRange(_ordered.Skip(1).Where(c => !SiteCertificate.IsValid(c, _now)).Select(_say.NotValidNow));
        foreach (var (link, i) in built.Links.Take(_ordered.Count).Select((l, i) => (l, i)))
        {
            if (link.Has(X509ChainStatusFlags.NotSignatureValid) && i + 1 < _ordered.Count)
            {
                _findings.Add(_say.NotSigned(_ordered[i + 1], _ordered[i], Signer(_ordered[i])));
            }

            if (link.Has(ChainFindings.Forbidden))
            {
                _findings.Add(_say.Unfit(_ordered[i], link, i > 0 ? _ordered[i - 1] : null));
            }
        }
    }

    // OpenSSL does not accept a certificate as the issuer if its key differs from the authority key identifier, or if
    // its key usage does not allow signing. If the file nevertheless has such a certificate with the issuer's name, the
    // file is wrong.
    private void CheckEnd(bool isComplete)
    {
        var last = _ordered[^1];
        if (isComplete)
        {
            return;
        }

        if (_all.FirstOrDefault(c => c.HasSubject(last.IssuerName) && !_ordered.Holds(c)) is not { } namesake)
        {
            _findings.Add(_say.Incomplete(last));
            return;
        }

        _findings.Add(
            CertificatePurpose.SignsCertificates(namesake)
                ? _say.NotSigned(namesake, last, signer: null)
                : _say.MayNotSign(namesake, last)
        );
        for (var next = namesake; next is not null; next = ByName(next))
        {
            _ordered.Add(next);
        }
    }

    private X509Certificate2? ByName(X509Certificate2 subject) =>
        subject.IsSelfIssued()
            ? null
            : _all.FirstOrDefault(c => c.HasSubject(subject.IssuerName) && !_ordered.Holds(c));

    /// <returns>The certificate of the file that did sign this one.</returns>
    private X509Certificate2? Signer(X509Certificate2 subject) =>
        _all.Where(c => c.HasSubject(subject.IssuerName))
            .FirstOrDefault(c =>
                ChainTrust.Build(subject, [c], _now, roots: []) is { Links: [var signed, _, ..] }
                && !signed.Has(X509ChainStatusFlags.NotSignatureValid)
            );

    private void CheckPurposesAndEnds(List<X509Certificate2> used)
    {
        foreach (var issuer in used.Skip(1))
        {
            if (!CertificatePurpose.ServesTls(issuer))
            {
                _findings.Add(_say.NotForServers(issuer));
            }

            if (SiteCertificate.EndsSoon(issuer, _now))
            {
                _findings.Add(_say.EndsSoon(issuer));
            }
        }
    }
}
