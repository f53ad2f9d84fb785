using System.Text;

namespace Observe.Storage.Columns;

/// <summary>Puts a block's pieces into a sink: small ones are gathered, large ones are passed on as they are.</summary>
internal sealed class BlockWriter(IBlockSink sink)
{
    /// <summary>A sink call costs the embedded engine a lock and a copy, so pieces below this are gathered first.</summary>
    private const int GatherSize = 256 << 10;

    private readonly ByteBuffer _gathered = new();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= GatherSize)
        {
            Flush();
            sink.Write(bytes);
            return;
        }

        _gathered.Append(bytes);
        if (_gathered.Length >= GatherSize)
        {
            Flush();
        }
    }

    public void WriteVarUInt(ulong value) => _gathered.AppendVarUInt(value);

    public void WriteUInt64(ulong value) => _gathered.AppendUInt64(value);

    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        _gathered.AppendVarUInt((ulong)utf8.Length);
        Write(utf8);
    }

    public void WriteString(string value) => WriteString(Encoding.UTF8.GetBytes(value));

    public void Flush()
    {
        if (_gathered.Length > 0)
        {
            sink.Write(_gathered.Span);
            _gathered.Clear();
        }
    }
}
