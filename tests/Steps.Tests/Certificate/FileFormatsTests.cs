namespace ErpInstaller.Tests.Certificate;

/// <summary>The forms of a file that can be read in one way only.</summary>
public sealed class FileFormatsTests : ProvidedFiles
{
    public static TheoryData<string, string> EveryForm()
    {
        var forms = new TheoryData<string, string>();
        foreach (var text in FileFormats.Texts.Keys)
        {
            foreach (var pem in FileFormats.Pems.Keys)
            {
                forms.Add(text, pem);
            }
        }

        return forms;
    }

    [Theory]
    [MemberData(nameof(EveryForm))]
    public void A_chain_and_its_key_are_read_in_this_form(string text, string pem)
    {
        using var leaf = _root.Leaf();
        Write(Key, "");
        File.WriteAllBytes(Key, FileFormats.Texts[text](leaf.KeyPem));
        File.WriteAllBytes(
            Chain,
            FileFormats.Texts[text](FileFormats.Pems[pem]([leaf.Certificate, _root.Certificate]))
        );

        var given = Examine();

        Assert.Empty(given.Findings);
        Assert.Equal((leaf.Pem + _root.Pem, leaf.KeyPem), (given.Files!.ChainPem, given.Files.KeyPem));
    }
}
