using System.Text;
using Observe.Ingest.Otlp.Correlation;

namespace Observe.Tests.Ingest.Otlp.Correlation;

public sealed class IdTextTests(ITestOutputHelper output)
{
    private const string Uuid = "123e4567-e89b-12d3-a456-426614174000";
    private const string Hex = "5b8efff798038103d269b633813fc60c";
    private const string Ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private const string ObjectId = "507f1f77bcf86cd799439011";

    [Theory]
    [InlineData("payment " + Uuid + " declined", Uuid)]
    [InlineData(Uuid, Uuid)]
    [InlineData("id=" + Uuid + ",", Uuid)]
    [InlineData("{\"orderId\":\"" + Uuid + "\"}", Uuid)]
    [InlineData("order-abc-" + Uuid, Uuid)]
    [InlineData("/orders/" + Hex + "/items", Hex)]
    [InlineData("trace " + Hex + " and " + Uuid + " and " + Ulid + " and " + ObjectId + ".", Hex + " " + Uuid + " " + Ulid + " " + ObjectId)]
    [InlineData(Uuid + " " + Uuid, Uuid + " " + Uuid)]
    [InlineData("sha e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("", "")]
    [InlineData("nothing to see here, and nothing further on either, for sixty letters", "")]
    [InlineData("x" + Uuid, "")]
    [InlineData(Uuid + "f", "")]
    [InlineData("00000000-0000-0000-0000-000000000000", "")]
    [InlineData("eee19b7ec3c1b174", "")]
    [InlineData("12345678901234567890123456789012", "")]
    [InlineData("------------------------------------------------", "")]
    [InlineData("2026-01-02 03:04:05.678901 2026-01-02-03-04-05-678901-77", "")]
    public void TryNext_Text_GivesItsIds(string text, string ids) => Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries), All(text));

    [Fact]
    public void TryNext_AnyPlace_IsFound()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        const string filler = " .,:-/=\"abcdef0123456789ABCDEFGHXYZxyzé";
        string[] ids = [Uuid, Hex, Ulid, ObjectId];
        for (int i = 0; i < 5000; i++)
        {
            string before = Filler(), after = Filler();
            string id = ids[random.Next(ids.Length)];
            Assert.Contains(id, All($"{before} {id} {after}"));
        }

        string Filler() => string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => filler[random.Next(filler.Length)]));
    }

    /// <summary>Each byte of a run is looked at once, however long it is: a megabyte of it ten times over takes no time, and hours otherwise.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("-")]
    [InlineData("0a")]
    [InlineData("0a-")]
    [InlineData("AZ0")]
    [InlineData("deadbeef-")]
    public void TryNext_LongRuns_AreReadOnce(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 10_000_000 / part.Length));
        Assert.Empty(All(text));
    }

    private static List<string> All(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var found = new List<string>();
        int position = 0;
        while (IdText.TryNext(bytes, ref position, out ReadOnlySpan<byte> id))
        {
            found.Add(Encoding.UTF8.GetString(id));
        }

        return found;
    }
}
