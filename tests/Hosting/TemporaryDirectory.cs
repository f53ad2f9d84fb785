namespace Observe.Tests.Hosting;

/// <summary>A directory of its own, deleted at the end.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("observe-test-").FullName;

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
