namespace Observe.Ingest.Journal.Files;

/// <summary>The directory of a journal.</summary>
internal interface IJournalFiles
{
    /// <summary>Makes the directory if it is missing.</summary>
    void CreateDirectory(string directory);

    /// <summary>The files in a directory whose names end so, in the order of their names; none where there is no directory.</summary>
    IReadOnlyList<string> List(string directory, string suffix);

    /// <summary>Opens a file for reading and writing, and makes it if it is missing.</summary>
    IJournalFile Open(string path);

    /// <summary>The same, for a file that no other process may have open.</summary>
    IJournalFile OpenExclusive(string path);

    void Delete(string path);

    /// <summary>Returns when the disk knows which files the directory has.</summary>
    void SyncDirectory(string directory);
}
