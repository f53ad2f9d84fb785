using Observe.Storage.Results.Readers;

namespace Observe.Storage.Results;

/// <summary>Reads blocks of the Native format.</summary>
/// <remarks>Layout: varuint columns, varuint rows, then per column its name, its type, its structure and its data.</remarks>
internal static class BlockReader
{
    /// <summary>Reads every block of a chunk. The blocks hold copies; the chunk may be freed afterwards.</summary>
    public static IReadOnlyList<ResultBlock> ReadAll(ReadOnlySpan<byte> chunk)
    {
        var blocks = new List<ResultBlock>();
        var reader = new NativeReader(chunk);
        while (!reader.AtEnd)
        {
            blocks.Add(Read(ref reader));
        }

        return blocks;
    }

    private static ResultBlock Read(ref NativeReader reader)
    {
        int start = reader.Position;
        int columnCount = reader.ReadCount();
        int rowCount = reader.ReadCount();
        var columns = new ResultColumn[columnCount];
        for (int i = 0; i < columnCount; i++)
        {
            string name = reader.ReadString();
            string type = reader.ReadString();
            ColumnReader column = ColumnReader.For(type);
            if (rowCount > 0)
            {
                column.ReadStructure(ref reader);
            }

            columns[i] = column.Read(ref reader, name, rowCount);
        }

        return new ResultBlock(rowCount, columns, reader.Position - start);
    }
}
