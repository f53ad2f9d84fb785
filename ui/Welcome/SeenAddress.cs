namespace Observe.Ui.Welcome;

/// <summary>An address of this process as another machine reaches it.</summary>
public static class SeenAddress
{
    /// <summary>A host that stands for every interface gives way to the one in the browser's address bar.</summary>
    /// <param name="address">As bound, such as <c>http://0.0.0.0:4317</c>.</param>
    /// <param name="page">The page's own address.</param>
    public static string From(string address, Uri page) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? bound) && bound.Host is "0.0.0.0" or "[::]"
            ? $"{bound.Scheme}://{page.Host}:{bound.Port}"
            : address;
}
