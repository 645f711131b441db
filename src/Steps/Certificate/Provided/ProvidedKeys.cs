namespace ErpInstaller.Certificate.Provided;

/// <summary>The keys of the answers that name the two files.</summary>
internal static class ProvidedKeys
{
    public const string Certificate = "certificate.certificate";
    public const string Key = "certificate.key";
}
