namespace ErpInstaller.Certificate.Provided;

/// <summary>The answers' keys that findings name.</summary>
internal static class ProvidedKeys
{
    public const string Certificate = "certificate.certificate";
    public const string Key = "certificate.key";
}
