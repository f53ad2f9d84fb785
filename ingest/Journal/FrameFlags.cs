namespace Observe.Ingest.Journal;

/// <summary>What else is known of a frame. The numbers are on disk: they may only be added to.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>The same bytes sent again are the same request, because each of its records says when it happened.</summary>
    Recognisable = 1,
}
