using Observe.Storage.Batches;
using Observe.Storage.Columns;
using Observe.Storage.Results;
using Observe.Tests.Ingest;

namespace Observe.Tests.Storage;

public sealed class LowCardinalityColumnTests
{
    [Fact]
    public void Rows_OfSharedValues_ReadBackInOrder()
    {
        var batch = new Names();
        string[] names = ["b", "a", "b", "", new string('n', 300), "a"];
        Append(batch, names);

        Assert.Equal(names, Read(batch));
        Assert.Equal(names.Distinct().Sum(static name => name.Length) + (names.Length * sizeof(int)), batch.Name.ByteCount);
    }

    [Fact]
    public void Clear_ValuesOfTheBatchBefore_AreNotSentAgain()
    {
        var batch = new Names();
        Append(batch, "before");
        long before = BatchRows.Bytes(batch).Length;
        batch.Clear();
        Append(batch, "behind");

        Assert.Equal(["behind"], Read(batch));
        Assert.Equal(before, BatchRows.Bytes(batch).Length);
    }

    [Fact]
    public void AppendDay_ValuesOfOtherDays_AreNotSent()
    {
        var all = new Names();
        Append(all, "even", "odd", "even too", "odd");
        var day = new Names();
        day.AppendDay(all, 1);

        Assert.Equal(["odd", "odd"], Read(day));
        Assert.Equal("odd".Length + (2 * sizeof(int)), day.Name.ByteCount);
    }

    private static void Append(Names batch, params string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            batch.Time.Append(i % 2 * TableRows.Day);
            batch.Name.Append(batch.Name.IndexOf(System.Text.Encoding.UTF8.GetBytes(names[i])));
        }
    }

    private static IEnumerable<string> Read(Names batch)
    {
        ResultBlock block = BatchRows.Read(batch);
        return Enumerable.Range(0, block.RowCount).Select(block["Name"].GetString);
    }

    private sealed class Names : ColumnBatch
    {
        public Names()
        {
            Time = Add("Time", new FixedColumn<long>("DateTime64(9, 'UTC')"));
            Name = Add("Name", new LowCardinalityColumn());
        }

        public override string Table => "names";

        public override FixedColumn<long> PartitionTime => Time;

        public FixedColumn<long> Time { get; }

        public LowCardinalityColumn Name { get; }
    }
}
