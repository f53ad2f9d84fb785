namespace Observe.Ui.Hosting;

/// <summary>Where this process listens, as bound: known once everything has started.</summary>
public sealed class EndpointAddresses
{
    public string Web { get; set; } = "";

    public string OtlpGrpc { get; set; } = "";

    public string OtlpHttp { get; set; } = "";

    /// <summary>An address as another machine reaches it: a wildcard or loopback host gives way to the one in the browser's address bar.</summary>
    /// <param name="address">One of the addresses above.</param>
    /// <param name="page">The page's own address.</param>
    public static string SeenFrom(string address, Uri page)
    {
        if (!Uri.TryCreate(address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out Uri? uri))
            return address;

        bool anywhere = uri.Host is "0.0.0.0" or "[::]";
        return anywhere ? $"{uri.Scheme}://{page.Host}:{uri.Port}" : $"{uri.Scheme}://{uri.Host}:{uri.Port}";
    }
}
