namespace Observe.Tests.Query.Differential.Data;

/// <summary>Values of attributes and bodies, the odd ones among them.</summary>
internal static class RandomValues
{
    public static readonly string[] Texts =
    [
        "red", "dark blue", "red", "u1", "u2", "5", "5.0", " 5", "5 ", "500", "250", "1e3", "nan", "NaN", "inf", "-inf", "-0", "+5", "0x10", ".5", "-7.25", "9007199254740993", "",
        "true", "True", "false", "50%", "5_0", "a*b", "a\\b", "a\"b", "a'b", "a`b", "line one\nline two", "tab\there", "\r\n", "ß", "STRASSE Straße", "İstanbul", "e\u0301clair",
        "éclair", "ÉCLAIR", "😀 ok", "日本語 text", "/api/orders/5", "/api/users", "/API/users", "https://a.example:8080/b?c=d&e=f", "timed out", "time-out", "Timed Out!", "{\"k\":1}",
        "[1,2]", "()", "NULL", "\\N", "x' OR '1'='1", "{p0:String}", "--", "%", "_", "*", "a\0b", "Σίσυφος", "and", "user@example.com", "250ms", "4KB", "a.b.c", "A", "a", "Z",
    ];

    /// <summary>Texts that are made to be taken apart.</summary>
    public static readonly string[] Lines =
    [
        "user u-0861 took 250ms", "user a b took -5ms, took 7ms", "user  took .5e1ms", "took ms", "GET /api/orders/5 id=x7 200", "level=info msg=\"two words\" n=5 empty= k=7", "level=warn code=x",
        "{\"k\":1,\"code\":\"x\",\"n\":{\"m\":\"in\"},\"msg\":\"a \\\"b\\\"\",\"flag\":true}", "{\"k\":2.5,\"n.m\":\"flat\",\"n\":{\"m\":\"in\"},\"list\":[1,\"a\"],\"none\":null,\"text\":\"5\"}", "{\"k\":\"1\",\"level\":\"info\",\"count\":7}",
        "[{\"k\":1}]", "{\"k\":", "{}", "plain text", "Ärger took 7ms\nuser z took 8ms",
    ];

    public static readonly string[] Words =
    [
        "payment", "Payment", "timed", "out", "time-out", "ok", "Öffnet", "STRASSE", "straße", "ERROR", "user_id", "a.b.c", "x=5", "😀", "(x)", "50%", "\n", "日本語", "ÉCLAIR",
        "e\u0301clair", "foo_bar", "retry", "retry,", "of", "order", "/api/orders/5", "\"quoted\"", "back\\slash", "5", "42", "in", "IN", "don't", "\t", "ΣΊΣΥΦΟΣ", "x\0y", "🇩🇪", "time",
    ];

    private static readonly long[] Integers =
    [
        0, 1, -1, 2, 4, 5, 5, 7, -7, 10, 30, 200, 250, 500, 500, 1000, 4000, 4096, (1L << 53) + 1, 1L << 53, -(1L << 53) - 1, long.MaxValue, long.MinValue, long.MaxValue - 1,
    ];

    private static readonly double[] Doubles =
    [
        0, -0.0, 0.5, 5, 5, 5.5, -7.25, 200, 250, 500, 1000, 1200.5, 1e3, 1e21, 1e-7, 1e300, -1e300, 9007199254740992, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        double.Epsilon, double.MaxValue, 0.1,
    ];

    private static readonly string[] Keys = ["k", "msg", "code", "n", "mixed", "user.id"];

    public static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public static string Text(Random random) => Pick(random, Texts);

    public static long Integer(Random random) => random.Next(4) == 0 ? random.Next(-20, 20) : Pick(random, Integers);

    public static double Double(Random random) => random.Next(4) == 0 ? Math.Round(random.NextDouble() * 100, 2) : Pick(random, Doubles);

    /// <summary>A sentence of words, so that words and phrases of one occur in others.</summary>
    public static string Sentence(Random random) => string.Join(
        random.Next(5) == 0 ? ", " : " ", Enumerable.Range(0, random.Next(0, 6)).Select(_ => Pick(random, Words)));

    public static object? Scalar(Random random) => random.Next(10) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 or 3 or 4 => Integer(random),
        5 or 6 => Double(random),
        _ => Text(random),
    };

    /// <param name="random">Draws.</param>
    /// <param name="withMaps">Whether maps may be among the elements.</param>
    public static object?[] List(Random random, bool withMaps = false)
    {
        int count = random.Next(0, 4);
        return random.Next(6) switch
        {
            0 => [.. Enumerable.Range(0, count).Select(_ => (object?)Integer(random))],

            // The engine compares an integer of 17 digits with the elements of a list of doubles as a double.
            1 => [.. Enumerable.Range(0, count).Select(_ => Double(random)).Where(number => Math.Abs(number) is not 9007199254740992).Select(number => (object?)number)],
            2 => [.. Enumerable.Range(0, count).Select(_ => (object?)(random.Next(2) == 0))],
            3 => [.. Enumerable.Range(0, count).Select(_ => random.Next(6) == 0 ? List(random, withMaps) : withMaps && random.Next(8) == 0 ? Map(random, 0) : Scalar(random))],
            _ => [.. Enumerable.Range(0, count).Select(_ => (object?)Text(random))],
        };
    }

    public static TestMap Map(Random random, int depth) => new(
        [.. random.GetItems(Keys, random.Next(1, 4)).Distinct().Select(key => (key, Member(random, key, depth)))]);

    /// <summary>Under a key of ids stand ids: which odd values are none, and in which form they are kept, is tested with the rules of ids.</summary>
    private static object? Member(Random random, string key, int depth) =>
        key == "user.id" ? Pick<object?>(random, ["u1", "owner", 7L, 4711L]) : depth > 0 && random.Next(4) == 0 ? Map(random, depth - 1) : Scalar(random);

    public static object? Any(Random random) => random.Next(8) switch
    {
        0 => List(random),
        1 => random.Next(3) == 0 ? TestMap.Of() : Map(random, 1),
        2 when random.Next(3) == 0 => new byte[] { 0, 1, 0xFF, (byte)random.Next(4) },
        _ => Scalar(random),
    };
}
