using System.Text;
using Observe.Storage.Batches;
using Observe.Storage.Columns;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Tests.Storage;

/// <summary>Attribute sets of every kind, through the real engine and back.</summary>
public sealed class JsonColumnTests(EngineFixture fixture)
{
    [Fact]
    public async Task Slot_EveryKindOfValue_ComesBackWithItsType()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("json_kinds");
        var batch = new ScopeBatch();
        Row(batch, 1, json =>
        {
            json.Slot("string"u8).AppendString("text"u8);
            json.Slot("int"u8).AppendInt64(long.MaxValue);
            json.Slot("double"u8).AppendFloat64(5.0);
            json.Slot("nan"u8).AppendFloat64(double.NaN);
            json.Slot("bool"u8).AppendBool(true);
            json.Slot("null"u8).AppendNull();
            ArrayColumn<StringColumn> strings = json.Slot("strings"u8).AppendStringArray();
            strings.Elements.Append("a"u8);
            strings.Elements.Append(""u8);
            strings.EndRow();
            ArrayColumn<DynamicColumn> mixed = json.Slot("mixed"u8).AppendDynamicArray();
            mixed.Elements.AppendInt64(7);
            mixed.Elements.AppendAbsent();
            mixed.Elements.AppendFloat64(7);
            JsonColumn map = mixed.Elements.AppendJson();
            map.Slot("k.l"u8).AppendBool(false);
            map.EndRow();
            ArrayColumn<DynamicColumn> inner = mixed.Elements.AppendDynamicArray();
            inner.Elements.AppendString("deep"u8);
            inner.EndRow();
            mixed.EndRow();
            json.Slot("empty.array"u8).AppendDynamicArray().EndRow();
            json.Slot("empty.map"u8).AppendJson().EndRow();
            json.Slot("http"u8).AppendInt64(1);
            json.Slot("http.route"u8).AppendString("/"u8);
            json.Slot("odd `key` 'with' \\ dots..and.nul\0"u8).AppendInt64(2);
            json.Slot(""u8).AppendInt64(3);
        });

        IReadOnlyDictionary<string, object?> read = await ReadAsync(engine, batch, 1);

        Assert.Equal("text", read["string"]);
        Assert.Equal(long.MaxValue, read["int"]);
        Assert.Equal(5.0, Assert.IsType<double>(read["double"]));
        Assert.Equal(double.NaN, read["nan"]);
        Assert.Equal(true, read["bool"]);
        Assert.True(read.ContainsKey("null") && read["null"] is null);
        Assert.Equal(["a", ""], Assert.IsType<object?[]>(read["strings"]));
        object?[] elements = Assert.IsType<object?[]>(read["mixed"]);
        Assert.Equal(5, elements.Length);
        Assert.Equal(7L, elements[0]);
        Assert.Null(elements[1]);
        Assert.Equal(7.0, Assert.IsType<double>(elements[2]));
        Assert.Equal(false, Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(elements[3])["k.l"]);
        Assert.Equal(["deep"], Assert.IsType<object?[]>(elements[4]));
        Assert.Empty(Assert.IsType<object?[]>(read["empty.array"]));
        Assert.Empty(Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(read["empty.map"]));
        Assert.Equal(1L, read["http"]);
        Assert.Equal("/", read["http.route"]);
        Assert.Equal(2L, read["odd `key` 'with' \\ dots..and.nul\0"]);
        Assert.Equal(3L, read[""]);
        Assert.Equal(14, read.Count);
    }

    [Fact]
    public async Task Slot_RowsThatDifferInKeysAndTypes_KeepTheirOwn()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("json_rows");
        var batch = new ScopeBatch();
        Row(batch, 1, json => json.Slot("a"u8).AppendInt64(1));
        Row(batch, 2, _ => { });
        Row(batch, 3, json =>
        {
            json.Slot("b"u8).AppendBool(true);
            json.Slot("a"u8).AppendString("one"u8);
        });
        Row(batch, 4, json => json.Slot("a"u8).AppendFloat64(1.5));

        Assert.Equal(1L, Assert.Single(await ReadAsync(engine, batch, 1)).Value);
        Assert.Empty(await ReadAsync(engine, null, 2));
        IReadOnlyDictionary<string, object?> third = await ReadAsync(engine, null, 3);
        Assert.Equal("one", third["a"]);
        Assert.Equal(true, third["b"]);
        Assert.Equal(1.5, Assert.Single(await ReadAsync(engine, null, 4)).Value);
    }

    [Fact]
    public async Task Slot_SameKeyTwiceInARow_KeepsBothValues()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("json_twice");
        var batch = new ScopeBatch();
        Row(batch, 1, json =>
        {
            json.Slot("k"u8).AppendInt64(1);
            json.Slot("k"u8).AppendString("two"u8);
            json.Slot("k"u8).AppendInt64(3);
        });

        IReadOnlyDictionary<string, object?> read = await ReadAsync(engine, batch, 1);

        Assert.Equal([new("k", 1L), new("k#2", "two"), new("k#3", 3L)], read);
    }

    [Fact]
    public async Task Clear_BatchIsReused_HoldsOnlyWhatCameAfter()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("json_reuse");
        var batch = new ScopeBatch();
        for (ulong id = 1; id <= 3; id++)
        {
            ulong current = id;
            batch.Clear();
            Row(batch, id, json =>
            {
                json.Slot("same"u8).AppendInt64((long)current);
                json.Slot(Encoding.UTF8.GetBytes($"only.{current}")).AppendBool(true);
                ArrayColumn<DynamicColumn> array = json.Slot("array"u8).AppendDynamicArray();
                array.Elements.AppendJson().EndRow();
                array.EndRow();
            });
            IReadOnlyDictionary<string, object?> read = await ReadAsync(engine, batch, id);
            Assert.Equal(["array", $"only.{current}", "same"], read.Keys);
            Assert.Equal((long)current, read["same"]);
        }
    }

    private static void Row(ScopeBatch batch, ulong id, Action<JsonColumn> fill)
    {
        batch.Day.Append(20_000);
        batch.ScopeId.Append(id);
        batch.Name.Append("name"u8);
        batch.Version.Append(""u8);
        batch.SchemaUrl.Append(""u8);
        fill(batch.Attributes);
        batch.Attributes.EndRow();
        batch.DroppedAttributesCount.Append(0);
    }

    private static async Task<IReadOnlyDictionary<string, object?>> ReadAsync(IStorageEngine engine, ScopeBatch? batch, ulong id)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        if (batch is not null)
        {
            await engine.InsertAsync(batch, null, cancellationToken);
        }

        ResultBlock block = Assert.Single(await engine.QueryAllAsync(
            new SqlStatement("SELECT Attributes FROM scopes WHERE ScopeId = {id:UInt64}", [SqlParameter.UInt64("id", id)]),
            cancellationToken));
        Assert.Equal(1, block.RowCount);
        return Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(block["Attributes"].GetValue(0));
    }
}
