namespace Observe.Storage;

/// <summary>Where and how records are kept. Configuration section <c>Observe</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Observe";

    /// <summary>The directory that holds everything Observe keeps. Made when it is missing; one process at a time uses it.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>The database that holds Observe's tables.</summary>
    public string Database { get; set; } = "observe";

    public EngineOptions Engine { get; set; } = new();
}
