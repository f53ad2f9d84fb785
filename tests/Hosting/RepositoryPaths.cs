using System.Reflection;

namespace Observe.Tests.Hosting;

/// <summary>Where things are in the checkout that the tests were built in.</summary>
public static class RepositoryPaths
{
    /// <summary>The folder that holds Observe.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program as the UI project's build leaves it, in the configuration that the tests were built in.</summary>
    public static string Program { get; } = Path.Combine(
        Root,
        "ui",
        "bin",
        typeof(RepositoryPaths).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration,
        "net10.0",
        "Observe.Ui.dll");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Observe.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Observe.sln. Run the tests from a checkout.");
    }
}
