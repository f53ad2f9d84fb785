using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Observe.Ingest;

namespace Observe.Tests.Ingest.Receivers;

public sealed class OtlpServerTests
{
    [Fact]
    public void IngestOptions_ByDefault_ListenOnLoopbackOnly()
    {
        var options = new IngestOptions();

        Assert.Equal("http://127.0.0.1:4317", options.OtlpGrpc);
        Assert.Equal("http://127.0.0.1:4318", options.OtlpHttp);
    }

    [Fact]
    public async Task Start_AddressInUse_NamesTheSettingAndWhatToDo()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        string address = $"http://{occupant.LocalEndpoint}";
        using IHost host = IngestHost.Build(new FakeEngine(), (IngestOptions.OtlpHttpKey, address));

        var e = await Assert.ThrowsAsync<IngestStartException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(address, e.Message, StringComparison.Ordinal);
        Assert.Contains("set Observe:Endpoints:OtlpHttp to another address", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IngestOptions.OtlpGrpcKey, "localhost:4317")]
    [InlineData(IngestOptions.OtlpGrpcKey, "https://127.0.0.1:4317")]
    [InlineData(IngestOptions.OtlpHttpKey, "http://127.0.0.1:4318/v1/logs")]
    [InlineData("Observe:Ingest:MaxBatchRows", "0")]
    [InlineData("Observe:Ingest:MaxBatchDelay", "01:00:00")]
    public async Task Start_WrongSetting_NamesIt(string key, string value)
    {
        using IHost host = IngestHost.Build(new FakeEngine(), (key, value));

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(key, e.Message, StringComparison.Ordinal);
    }
}
