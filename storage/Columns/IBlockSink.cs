namespace Observe.Storage.Columns;

/// <summary>Takes the bytes of a block, in order. The span is only valid during the call.</summary>
internal interface IBlockSink
{
    void Write(ReadOnlySpan<byte> bytes);
}
