namespace Observe.Ingest.Journal.Files;

/// <summary>One file of the journal: what the journal asks of the operating system, so that a test can fail any of it.</summary>
/// <remarks>Failures are <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.</remarks>
internal interface IJournalFile : IDisposable
{
    long Length { get; }

    /// <summary>Writes the parts one after the other.</summary>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset);

    /// <summary>Reads what there is, at most as much as the buffer holds.</summary>
    /// <returns>Bytes read; fewer than asked only at the end of the file.</returns>
    int Read(Span<byte> buffer, long offset);

    void SetLength(long length);

    /// <summary>Returns when the disk has what was written.</summary>
    void Sync();
}
