using System.Reflection;

namespace Observe.BrowserTests;

/// <summary>Where the build put what the tests need.</summary>
internal static class BuildPaths
{
    public static string LoadGenerator { get; } = Path.GetFullPath(Metadata("LoadGenerator"));

    public static string Screenshots { get; } = Path.GetFullPath(Metadata("Screenshots"));

    public static string AxeScript { get; } = Path.GetFullPath(Metadata("AxeScript"));

    private static string Metadata(string key) =>
        typeof(BuildPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
