using System.Text;
using Observe.Ingest.Otlp.Decoding;

namespace Observe.Tests.Ingest.Otlp;

public sealed class CorrelationIdRulesTests
{
    [Theory]
    [InlineData("id", true)]
    [InlineData("ID", true)]
    [InlineData("order.id", true)]
    [InlineData("order_id", true)]
    [InlineData("order-id", true)]
    [InlineData("ORDER_ID", true)]
    [InlineData("orderId", true)]
    [InlineData("OrderID", true)]
    [InlineData("HTTPId", true)]
    [InlineData("valid", false)]
    [InlineData("paid", false)]
    [InlineData("VALID", false)]
    [InlineData("ids", false)]
    [InlineData("id.name", false)]
    [InlineData("d", false)]
    [InlineData("", false)]
    public void IsIdKey_LastWord_Decides(string key, bool expected) =>
        Assert.Equal(expected, CorrelationIdRules.IsIdKey(Encoding.UTF8.GetBytes(key)));

    [Theory]
    [InlineData("123e4567-e89b-12d3-a456-426614174000", true)]
    [InlineData("123e4567-e89b-12d3-a456-42661417400g", false)]
    [InlineData("123e4567ae89b-12d3-a456-426614174000", false)]
    [InlineData("eee19b7ec3c1b174", true)]
    [InlineData("5B8EFFF798038103D269B633813FC60C", true)]
    [InlineData("5B8EFFF798038103D269B633813FC60C00", true)]
    [InlineData("eee19b7ec3c1b17", false)]
    [InlineData("not an id of 16b", false)]
    [InlineData("", false)]
    public void LooksLikeId_UuidsAndHex_Do(string value, bool expected) =>
        Assert.Equal(expected, CorrelationIdRules.LooksLikeId(Encoding.UTF8.GetBytes(value)));
}
