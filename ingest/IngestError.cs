namespace Observe.Ingest;

/// <summary>What is wrong with a request, as far as anybody acts on it.</summary>
internal enum IngestError
{
    /// <summary>The bytes are not what their content type says.</summary>
    Malformed,

    /// <summary>Larger than allowed, as sent or after decompression.</summary>
    TooLarge,

    /// <summary>A content type that is not served here.</summary>
    UnsupportedMediaType,

    /// <summary>A compression that is not served here.</summary>
    UnsupportedEncoding,

    /// <summary>Compressed, by the frame around the message, and no header says how.</summary>
    MissingEncoding,

    /// <summary>A path or gRPC method that does not exist.</summary>
    NotFound,

    /// <summary>A HTTP method other than POST.</summary>
    MethodNotAllowed,

    /// <summary>As much as memory allows is under way already.</summary>
    Busy,

    /// <summary>The sender sends more than its rate limit allows.</summary>
    RateLimited,

    /// <summary>The sender, or all senders together, have as many connections as are allowed. It is closed without an answer.</summary>
    TooManyConnections,

    /// <summary>The body arrives slower than memory can be held for it.</summary>
    TooSlow,

    /// <summary>The journal cannot be written now, or Observe is shutting down.</summary>
    Unavailable,

    /// <summary>The journal holds as much as it may: the engine has been slower than the senders for long.</summary>
    JournalFull,

    /// <summary>The sender's own deadline passed before the journal had the request; it may have it yet.</summary>
    DeadlineExceeded,

    /// <summary>A fault of Observe.</summary>
    Internal,
}
