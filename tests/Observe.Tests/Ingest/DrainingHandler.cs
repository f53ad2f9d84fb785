namespace Observe.Tests.Ingest;

/// <summary>Returns an answer when the rows of what was sent are in the engine: an acknowledgement comes as soon as they are in the journal.</summary>
internal sealed class DrainingHandler(Func<Task> drain) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        await drain();
        return response;
    }
}
