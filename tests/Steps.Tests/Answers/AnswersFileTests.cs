using System.IO.Pipes;
using System.Net.Sockets;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Errors;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Answers;

public sealed class AnswersFileTests : IDisposable
{
    private const string Least = "schema = 1\nsite.name = \"erp.example.com\"\n";
    private readonly TemporaryDirectory _directory = new();

    private string Path => System.IO.Path.Combine(_directory.Path, "installer.toml");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_missing_file_is_named() => AssertRefused(Path, ": there is no such file");

    [Fact]
    public void A_file_in_a_missing_directory_is_named() =>
        AssertRefused(System.IO.Path.Combine(_directory.Path, "none", "a.toml"), ": there is no such file");

    [Fact]
    public void A_file_below_a_file_is_named()
    {
        File.WriteAllText(Path, Least);

        AssertRefused(System.IO.Path.Combine(Path, "a.toml"), ": ");
    }

    [Fact]
    public void A_directory_is_refused_as_an_answer_file() => AssertRefused(_directory.Path, ": this is a directory");

    [Fact]
    public void An_empty_path_is_refused_as_an_answer_file() =>
        AssertRefused("", "The path of the answer file is empty");

    [Fact]
    public void A_file_of_10_MB_is_refused_before_it_is_parsed()
    {
        using (var file = File.Create(Path))
        {
            file.SetLength(10_000_000);
        }

        AssertRefused(Path, ": the file is larger than 1 MiB, the limit for an answer file");
    }

    [Fact]
    public void An_endless_device_is_refused_as_an_answer_file() =>
        AssertRefused("/dev/zero", ": the file is larger than 1 MiB, the limit for an answer file");

    [Fact]
    public void A_file_of_exactly_1_MiB_is_read()
    {
        File.WriteAllText(Path, Least + "#" + new string('x', (1024 * 1024) - Least.Length - 2) + "\n");

        Assert.Equal("erp.example.com", AnswersReader.Read(Path, AnswerCases.Known).Answers.Site.Name);
    }

    [Fact]
    public void Answers_can_come_through_a_pipe()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        pipe.Write(System.Text.Encoding.UTF8.GetBytes(Least));
        var path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        using var reader = new FileStream(path, FileMode.Open, FileAccess.Read);
        pipe.DisposeLocalCopyOfClientHandle();
        pipe.Dispose();

        var read = AnswersReader.Read($"/proc/self/fd/{reader.SafeFileHandle.DangerousGetHandle()}", AnswerCases.Known);

        Assert.Equal("erp.example.com", read.Answers.Site.Name);
    }

    [Fact]
    public void A_socket_is_refused_as_an_answer_file()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path));

        AssertRefused(Path, ": cannot be read: ");
    }

    [Fact]
    public void A_binary_file_is_refused_as_an_answer_file()
    {
        File.WriteAllBytes(Path, [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0xc3, 0x28]);

        AssertRefused(Path, ":1:9: the file is not UTF-8: byte 0xC3");
    }

    [Fact]
    public void A_file_of_zero_bytes_is_refused_as_an_answer_file()
    {
        File.WriteAllBytes(Path, new byte[100]);

        var refusal = Assert.Throws<AnswersInvalid>(() => AnswersReader.Read(Path, AnswerCases.Known));
        Assert.Single(refusal.Problems);
    }

    private static void AssertRefused(string path, string message)
    {
        var refusal = Refusal.Of(ErrorCode.AnswersUnreadable, () => AnswersReader.Read(path, AnswerCases.Known));

        Assert.StartsWith(path + message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.NotEmpty(refusal.Hint);
        Assert.Equal(ExitCode.Usage, refusal.ExitCode);
    }
}
