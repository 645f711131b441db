using System.Text;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// A log as Nomad sends it: a sequence of JSON objects with base64. A followed log does not end.
/// </summary>
internal sealed class RehearsedLogStream(RehearsedLog log, int offset, bool follow) : Stream
{
    private int _offset = offset;

    // Begins with a heartbeat, so that the headers are sent before the task writes.
    private ReadOnlyMemory<byte> _frame = "{}"u8.ToArray();

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_frame.IsEmpty)
        {
            var data = await log.ReadAsync(_offset, follow, cancellationToken);
            if (data.Length == 0)
            {
                return 0;
            }

            _offset += data.Length;
            var frame = new JsonObject
            {
                ["Data"] = Convert.ToBase64String(data),
                ["File"] = "alloc/logs/task.0",
                ["Offset"] = _offset,
            };
            _frame = Encoding.UTF8.GetBytes(frame.ToJsonString());
        }

        var count = Math.Min(buffer.Length, _frame.Length);
        _frame[..count].CopyTo(buffer);
        _frame = _frame[count..];
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
