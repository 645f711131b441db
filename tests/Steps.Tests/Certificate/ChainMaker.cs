using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Tests.Certificate;

/// <summary>A mistake that operators make with a chain, or that a CA makes.</summary>
internal enum Mistake
{
    LeafExpired,
    LeafNotYetValid,
    LeafForClients,
    LeafWithUnfitKeyUsage,
    IssuerExpired,
    IssuerNotYetValid,
    IssuerWithoutCa,
    IssuerWithoutBasicConstraints,
    IssuerWithPathLength,
    IssuerWithoutCertSign,
    IssuerForClients,
    IssuerWithNameConstraints,
    IssuerMissing,
    IssuerReplacedByNamesake,
    NamesakeBefore,
    NamesakeBehind,
    RenewedIssuerBefore,
    RenewedIssuerBehind,
    ExpiredIssuerBefore,
    ExpiredIssuerBehind,
    RootExpired,
    RootReplacedByNamesake,
    CrossSignedRootBefore,
    CrossSignedRootBehind,
    SignatureSpoiled,
    Stranger,
    Twice,
    Shuffled,
    LeafNotFirst,
    WrongKey,
}

/// <summary>
/// A generated chain: the content of its files, and the facts that are known because the test generated it.
/// </summary>
/// <param name="Story">Its depth and its mistakes.</param>
/// <param name="Leaf">The site's certificate.</param>
/// <param name="File">The certificates in the order of the file.</param>
/// <param name="Key">The key of the key file.</param>
/// <param name="InOrder">The leaf is first, and each issuer stands behind the certificate that it signed.</param>
internal sealed record MadeChain(
    string Story,
    Issued Leaf,
    IReadOnlyList<Issued> File,
    AsymmetricAlgorithm Key,
    bool InOrder
);

/// <summary>Makes chains with none, one or two mistakes. The seed decides everything but the keys.</summary>
internal sealed class ChainMaker : IDisposable
{
    private const string Site = "erp.example.com";

    // Only names of example.org (RFC 5280, 4.2.1.10).
    private static readonly byte[] OtherNames = [.. Convert.FromHexString("3011A00F300D820B"), .. "example.org"u8];

    private static readonly DateTimeOffset Now = Issued.Now;

    private readonly Random _random;
    private readonly List<AsymmetricAlgorithm> _keys = [];
    private readonly List<Issued> _made = [];
    private HashSet<Mistake> _mistakes = [];
    private int _victim;

    public ChainMaker(int seed)
    {
        _random = new Random(seed);
        _keys.AddRange([RSA.Create(2048), RSA.Create(2048), ECDsa.Create(ECCurve.NamedCurves.nistP384)]);
        _keys.AddRange(Enumerable.Range(0, 12).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256)));
    }

    /// <summary>The next chain.</summary>
    public MadeChain Next()
    {
        var all = Enum.GetValues<Mistake>();
        _mistakes = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => all[_random.Next(all.Length)])];
        var depth = _random.Next(4);
        _victim = _random.Next(Math.Max(1, depth));
        var hasKeyIds = _random.Next(3) > 0;
        var keys = _keys.OrderBy(_ => _random.Next()).ToList();
        return Make(depth, hasKeyIds, keys);
    }

    public void Dispose()
    {
        _made.ForEach(m => m.Dispose());
        _keys.ForEach(k => k.Dispose());
    }

    private MadeChain Make(int depth, bool hasKeyIds, List<AsymmetricAlgorithm> keys)
    {
        var root = Keep(Issued.Root("Generated Root", RootWish(keys[0], hasKeyIds)));
        var authorities = new List<Issued> { root };
        for (var i = 0; i < depth; i++)
        {
            var wish = i == _victim ? VictimWish(keys[i + 1], hasKeyIds) : Authority(keys[i + 1], hasKeyIds);
            authorities.Add(Keep(authorities[^1].Authority($"Generated Intermediate {i + 1}", wish)));
        }

        var leaf = Keep(authorities[^1].Leaf(LeafWish(keys[^1], hasKeyIds)));
        var file = authorities.Append(leaf).Reverse().ToList();
        if (depth > 0 && _random.Next(2) == 0)
        {
            file.Remove(root);
        }

        var inOrder = Spoil(file, authorities, keys, hasKeyIds);
        var key = Has(Mistake.WrongKey) ? keys[^2] : keys[^1];
        var story = $"depth {depth}, {string.Join(" + ", _mistakes)}";
        return new MadeChain(story, file.Find(f => f.Name == leaf.Name)!, file, key, inOrder);
    }

    /// <returns>False when the file is not in the order of the chain.</returns>
    private bool Spoil(List<Issued> file, List<Issued> authorities, List<AsymmetricAlgorithm> keys, bool hasKeyIds)
    {
        var depth = authorities.Count - 1;
        var victim = depth > 0 ? authorities[_victim + 1] : authorities[0];
        var issuer = depth > 0 ? authorities[_victim] : null;
        if (issuer is not null)
        {
            SpoilIntermediate(file, victim, issuer, keys, hasKeyIds);
        }

        SpoilRoot(file, authorities[0], keys, hasKeyIds);
        if (Has(Mistake.SignatureSpoiled))
        {
            var at = _random.Next(file.Count);
            file[at] = Keep(file[at].Spoiled());
        }

        if (Has(Mistake.Stranger))
        {
            file.Insert(_random.Next(1, file.Count + 1), Keep(Issued.Root("Stranger", Authority(keys[^3], hasKeyIds))));
        }

        if (Has(Mistake.Twice))
        {
            file.Add(file[_random.Next(file.Count)]);
        }

        Order(file);
        return IsInOrder(file, [Site, .. authorities.Select(a => a.Name).Reverse()]);
    }

    private void SpoilIntermediate(
        List<Issued> file,
        Issued victim,
        Issued issuer,
        List<AsymmetricAlgorithm> keys,
        bool hasKeyIds
    )
    {
        var name = victim.Name;
        var (own, other) = (victim.PrivateKey, keys[^4]);
        var renewed = Authority(own, hasKeyIds);
        var expired = renewed with { From = Now.AddDays(-400), To = Now.AddDays(-1) };
        var at = file.IndexOf(victim);
        (Mistake Mistake, int At, Issued.Wish Wish)[] beside =
        [
            (Mistake.NamesakeBefore, at, Authority(other, hasKeyIds)),
            (Mistake.NamesakeBehind, at + 1, Authority(other, hasKeyIds)),
            (Mistake.RenewedIssuerBefore, at, renewed),
            (Mistake.RenewedIssuerBehind, at + 1, renewed),
            (Mistake.ExpiredIssuerBefore, at, expired),
            (Mistake.ExpiredIssuerBehind, at + 1, expired),
        ];
        foreach (var (_, index, wish) in beside.Where(b => Has(b.Mistake)).OrderByDescending(b => b.At))
        {
            file.Insert(index, Keep(issuer.Authority(name, wish)));
        }

        if (Has(Mistake.IssuerReplacedByNamesake))
        {
            file[file.IndexOf(victim)] = Keep(issuer.Authority(name, Authority(other, hasKeyIds)));
        }
        else if (Has(Mistake.IssuerMissing))
        {
            file.Remove(victim);
        }
    }

    private void SpoilRoot(List<Issued> file, Issued root, List<AsymmetricAlgorithm> keys, bool hasKeyIds)
    {
        if (Has(Mistake.RootReplacedByNamesake))
        {
            var namesake = Keep(Issued.Root("Generated Root", Authority(keys[^5], hasKeyIds)));
            file.RemoveAll(f => ReferenceEquals(f, root));
            if (file.Count > 0)
            {
                file.Add(namesake);
            }
        }

        if (Has(Mistake.CrossSignedRootBefore) || Has(Mistake.CrossSignedRootBehind))
        {
            var older = Keep(Issued.Root("Older Root", Authority(keys[^6], hasKeyIds)));
            var crossed = Keep(older.Authority("Generated Root", Authority(root.PrivateKey, hasKeyIds)));
            var at = file.IndexOf(root);
            file.Insert(at < 0 || Has(Mistake.CrossSignedRootBehind) ? file.Count : at, crossed);
        }
    }

    // With two certificates of a name, OpenSSL decides which one counts, so the order is right or wrong by its choice.
    private void Order(List<Issued> file)
    {
        if (file.DistinctBy(f => f.Pem).DistinctBy(f => f.Name).Count() < file.DistinctBy(f => f.Pem).Count())
        {
            return;
        }

        if (Has(Mistake.LeafNotFirst))
        {
            file.Reverse();
        }

        if (Has(Mistake.Shuffled))
        {
            var others = file.Skip(1).OrderBy(_ => _random.Next()).ToList();
            file.RemoveRange(1, file.Count - 1);
            file.AddRange(others);
        }
    }

    // Behind a gap there is no order: those certificates are not part of the chain.
    private static bool IsInOrder(List<Issued> file, List<string> chain)
    {
        var linked = chain.TakeWhile(n => file.Exists(f => f.Name == n)).ToList();
        var places = file.DistinctBy(f => f.Pem).Select(f => linked.IndexOf(f.Name)).Where(i => i >= 0).ToList();
        return file[0].Name == chain[0] && places.SequenceEqual(places.Order());
    }

    private Issued.Wish RootWish(AsymmetricAlgorithm key, bool hasKeyIds) =>
        Authority(key, hasKeyIds) with
        {
            From = Now.AddYears(-10),
            To = Has(Mistake.RootExpired) ? Now.AddDays(-2) : Now.AddYears(10),
            PathLength = Has(Mistake.IssuerWithPathLength) && _random.Next(2) == 0 ? 1 : null,
        };

    private Issued.Wish VictimWish(AsymmetricAlgorithm key, bool hasKeyIds) =>
        Authority(key, hasKeyIds) with
        {
            From = Has(Mistake.IssuerNotYetValid) ? Now.AddDays(1) : Now.AddYears(-1),
            To = Has(Mistake.IssuerExpired) && !Has(Mistake.IssuerNotYetValid) ? Now.AddDays(-1) : Now.AddYears(2),
            IsAuthority = !Has(Mistake.IssuerWithoutCa),
            HasBasicConstraints = !Has(Mistake.IssuerWithoutBasicConstraints),
            PathLength = Has(Mistake.IssuerWithPathLength) && !Has(Mistake.IssuerWithoutCa) ? 0 : null,
            KeyUsage =
                Has(Mistake.IssuerWithoutCertSign) ? X509KeyUsageFlags.CrlSign
                : _random.Next(2) == 0 ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign
                : null,
            Purpose =
                Has(Mistake.IssuerForClients) ? "1.3.6.1.5.5.7.3.2"
                : _random.Next(2) == 0 ? "1.3.6.1.5.5.7.3.1"
                : null,
            Extensions = Has(Mistake.IssuerWithNameConstraints)
                ? [new X509Extension("2.5.29.30", OtherNames, critical: true)]
                : [],
        };

    private Issued.Wish LeafWish(AsymmetricAlgorithm key, bool hasKeyIds) =>
        new()
        {
            Names = [Site],
            NewKey = () => key,
            HasKeyIds = hasKeyIds,
            From = Has(Mistake.LeafNotYetValid) ? Now.AddDays(1) : Now.AddDays(-1),
            To = Has(Mistake.LeafExpired) && !Has(Mistake.LeafNotYetValid) ? Now.AddHours(-1) : Now.AddDays(90),
            Purpose = Has(Mistake.LeafForClients)
                ? _random.Next(2) == 0
                    ? "1.3.6.1.5.5.7.3.2"
                    : "2.5.29.37.0"
                : _random.Next(2) == 0
                    ? "1.3.6.1.5.5.7.3.1"
                    : null,
            KeyUsage =
                Has(Mistake.LeafWithUnfitKeyUsage) ? X509KeyUsageFlags.NonRepudiation
                : _random.Next(2) == 0 ? X509KeyUsageFlags.DigitalSignature
                : null,
        };

    private static Issued.Wish Authority(AsymmetricAlgorithm key, bool hasKeyIds) =>
        new()
        {
            IsAuthority = true,
            Names = [],
            NewKey = () => key,
            HasKeyIds = hasKeyIds,
            From = Now.AddYears(-1),
            To = Now.AddYears(2),
        };

    private bool Has(Mistake mistake) => _mistakes.Contains(mistake);

    private Issued Keep(Issued made)
    {
        _made.Add(made);
        return made;
    }
}
