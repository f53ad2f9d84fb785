using Observe.Query.Correlation;

namespace Observe.Tests.Query.Correlation;

public sealed class IdSpellingsTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Span = "00f067aa0ba902b7";

    [Theory]
    [InlineData(Trace)]
    [InlineData("4BF92F3577B34DA6A3CE929D0E0E4736")]
    [InlineData("4bf92f35-77b3-4da6-a3ce-929d0e0e4736")]
    [InlineData("4bf92f3577b34da6-a3ce929d0e0e4736")]
    [InlineData("  \"4bf92f3577b34da6a3ce929d0e0e4736\", ")]
    [InlineData("{4BF92F35-77B3-4DA6-A3CE-929D0E0E4736}")]
    [InlineData("urn:uuid:4bf92f35-77b3-4da6-a3ce-929d0e0e4736")]
    [InlineData("'URN:UUID:4BF92F35-77B3-4DA6-A3CE-929D0E0E4736'")]
    [InlineData("S/kvNXezTaajzpKdDg5HNg==")]
    [InlineData("S_kvNXezTaajzpKdDg5HNg==")]
    [InlineData("S_kvNXezTaajzpKdDg5HNg")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("1-4bf92f35-77b34da6a3ce929d0e0e4736")]
    [InlineData("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Sampled=1")]
    public void Parse_SixteenBytes_AreATraceIdInAnySpelling(string text)
    {
        var spellings = IdSpellings.Parse(text);
        Assert.Equal([Trace], spellings.TraceIds);
        Assert.Empty(spellings.SpanIds);
        Assert.Contains(Trace, spellings.Texts);
        Assert.Contains("s/kvnxeztaajzpkddg5hng==", spellings.Texts);
        Assert.Contains("4bf92f35-77b3-4da6-a3ce-929d0e0e4736", spellings.InText);
        Assert.InRange(spellings.Texts.Count, 4, 5);
    }

    [Theory]
    [InlineData(Span)]
    [InlineData("00F067AA0BA902B7")]
    [InlineData("APBnqgupArc=")]
    [InlineData("APBnqgupArc")]
    public void Parse_EightBytes_AreASpanIdOrAShortTraceId(string text)
    {
        var spellings = IdSpellings.Parse(text);
        Assert.Equal([Span], spellings.SpanIds);
        Assert.Equal(["000000000000000000f067aa0ba902b7"], spellings.TraceIds);
        Assert.Contains(Span, spellings.Texts);
    }

    [Fact]
    public void Parse_Base64_KeepsPlusSlashAndTheSpaceThatUrlsMakeOfIt()
    {
        byte[] bytes = [1, .. Enumerable.Range(0, 15).Select(i => (byte)(0xFB - i))];
        string standard = Convert.ToBase64String(bytes);
        Assert.Contains('+', standard);
        foreach (string text in new[] { standard, standard.Replace('+', ' '), standard.Replace('+', '-').Replace('/', '_').TrimEnd('=') })
        {
            Assert.Equal([Convert.ToHexStringLower(bytes)], IdSpellings.Parse(text).TraceIds);
        }
    }

    [Fact]
    public void Parse_GuidOfDotNet_IsFoundByItsBytesInBothOrders()
    {
        var guid = Guid.Parse("123e4567-e89b-12d3-a456-426614174000");
        var pasted = IdSpellings.Parse(Convert.ToBase64String(guid.ToByteArray()));
        Assert.Contains("123e4567e89b12d3a456426614174000", pasted.Texts);
        Assert.True(IdSpellings.Parse(guid.ToString()).Is(Convert.ToBase64String(guid.ToByteArray())));
    }

    [Theory]
    [InlineData("order-77", "order-77")]
    [InlineData("Order-77", "order-77")]
    [InlineData("customer123", "customer123")]
    [InlineData("CUSTOMER-00", "customer-00")]
    [InlineData("42", "42")]
    [InlineData("alice@example.com", "alice@example.com")]
    [InlineData("a/b%2Fc", "a/b%2fc")]
    public void Parse_OtherIds_AreTextAlone(string text, string expected)
    {
        var spellings = IdSpellings.Parse(text);
        Assert.Equal(expected, spellings.Texts[0]);
        Assert.Empty(spellings.TraceIds);
        Assert.Empty(spellings.SpanIds);
        Assert.Equal(text, spellings.Id);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("0000000000000000")]
    public void Parse_Zeros_StandForNoId(string text) =>
        Assert.StartsWith("An id of zeros stands for none", Assert.Throws<FormatException>(() => IdSpellings.Parse(text)).Message);

    [Theory]
    [InlineData("")]
    [InlineData(" \"\" ")]
    public void Parse_Nothing_SaysWhatAnIdIs(string text) => Assert.StartsWith("There is no id", Assert.Throws<FormatException>(() => IdSpellings.Parse(text)).Message);

    [Fact]
    public void Parse_TooLong_SaysSo() =>
        Assert.StartsWith("The id has more than 128 bytes", Assert.Throws<FormatException>(() => IdSpellings.Parse(new string('x', 129))).Message);
}
