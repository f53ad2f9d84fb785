using System.Text;
using Observe.Ingest.Otlp.Correlation;

namespace Observe.Tests.Ingest.Otlp.Correlation;

public sealed class IdKeysTests
{
    [Theory]
    [InlineData("id")]
    [InlineData("ID")]
    [InlineData("_id")]
    [InlineData("order.id")]
    [InlineData("order_id")]
    [InlineData("order-id")]
    [InlineData("ORDER_ID")]
    [InlineData("orderId")]
    [InlineData("OrderID")]
    [InlineData("HTTPId")]
    [InlineData("request_id")]
    [InlineData("x-request-id")]
    [InlineData("X-Request-ID")]
    [InlineData("requestId")]
    [InlineData("requestid")]
    [InlineData("http.request.header.x_request_id")]
    [InlineData("session.id")]
    [InlineData("sessionid")]
    [InlineData("JSESSIONID")]
    [InlineData("user.id")]
    [InlineData("userid")]
    [InlineData("enduser.id")]
    [InlineData("transaction_id")]
    [InlineData("correlationId")]
    [InlineData("correlationid")]
    [InlineData("x-correlation-id")]
    [InlineData("CORRELATION_ID")]
    [InlineData("job.id")]
    [InlineData("messaging.message.id")]
    [InlineData("messaging.message.conversation_id")]
    [InlineData("rpc.jsonrpc.request_id")]
    [InlineData("aws.request_id")]
    [InlineData("x-amzn-trace-id")]
    [InlineData("faas.invocation_id")]
    [InlineData("orderUuid")]
    [InlineData("order_uuid")]
    [InlineData("OrderGuid")]
    [InlineData("log.record.uid")]
    public void Of_UsualKeys_AreIds(string key) => Assert.Equal(IdKey.Id, Of(new(), key));

    [Theory]
    [InlineData("valid")]
    [InlineData("paid")]
    [InlineData("VALID")]
    [InlineData("grid")]
    [InlineData("android")]
    [InlineData("ids")]
    [InlineData("order_ids")]
    [InlineData("id.name")]
    [InlineData("d")]
    [InlineData("")]
    [InlineData("process.pid")]
    [InlineData("invoice_no")]
    public void Of_OtherKeys_LeaveItToTheValue(string key) => Assert.Equal(IdKey.Unsaid, Of(new(), key));

    [Theory]
    [InlineData("thread.id")]
    [InlineData("thread_id")]
    [InlineData("threadId")]
    [InlineData("jvm.thread.id")]
    [InlineData("host.id")]
    [InlineData("container.id")]
    [InlineData("k8s.pod.uid")]
    [InlineData("service.instance.id")]
    [InlineData("messaging.destination.partition.id")]
    [InlineData("kafka_partition_id")]
    [InlineData("shard_id")]
    [InlineData("os.build_id")]
    [InlineData("cloud.account.id")]
    public void Of_WhereSomethingRan_IsNoId(string key) => Assert.Equal(IdKey.NoId, Of(new(), key));

    [Theory]
    [InlineData("order_ids", true)]
    [InlineData("orderIds", true)]
    [InlineData("order_id", true)]
    [InlineData("x-request-id", true)]
    [InlineData("paids", false)]
    public void Of_Lists_MayBePlural(string key, bool isId) =>
        Assert.Equal(isId ? IdKey.Id : IdKey.Unsaid, new IdKeys(new()).Of(Encoding.UTF8.GetBytes(key), plural: true));

    [Theory]
    [InlineData("invoice_no", nameof(IdKey.Id))]
    [InlineData("INVOICE_NO", nameof(IdKey.Id))]
    [InlineData("my.invoice_no", nameof(IdKey.Unsaid))]
    [InlineData("payment.reference", nameof(IdKey.Id))]
    [InlineData("reference", nameof(IdKey.Unsaid))]
    [InlineData("a.b.c", nameof(IdKey.Id))]
    [InlineData("a.c", nameof(IdKey.Unsaid))]
    [InlineData("thread.id", nameof(IdKey.Id))]
    [InlineData("tenant_id", nameof(IdKey.NoId))]
    [InlineData("secret.reference", nameof(IdKey.NoId))]
    [InlineData("order_id", nameof(IdKey.Id))]
    public void Of_Configuration_ComesFirst(string key, string expected) =>
        Assert.Equal(expected, Of(new() { Include = { "invoice_no", "*.reference", "a.*.c", "thread.id" }, Exclude = { "tenant_id", "secret*" } }, key).ToString());

    [Fact]
    public void Of_ManyKeys_AreNotConfused()
    {
        var keys = new IdKeys(new());
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 2000; i++)
            {
                Assert.Equal(IdKey.Id, keys.Of(Encoding.UTF8.GetBytes($"k{i}.order_id"), plural: false));
                Assert.Equal(IdKey.Unsaid, keys.Of(Encoding.UTF8.GetBytes($"k{i}.order_ad"), plural: false));
                Assert.Equal(IdKey.Id, keys.Of(Encoding.UTF8.GetBytes($"k{i}_ids"), plural: true));
                Assert.Equal(IdKey.Unsaid, keys.Of(Encoding.UTF8.GetBytes($"k{i}_ids"), plural: false));
            }
        }
    }

    private static IdKey Of(CorrelationIdOptions options, string key) => new IdKeys(options).Of(Encoding.UTF8.GetBytes(key), plural: false);
}
