namespace Observe.Bench.Load;

/// <summary>How requests travel.</summary>
internal enum LoadProtocol
{
    Http,
    Grpc,

    /// <summary>Not at all: requests are made and dropped, which shows what the generator costs.</summary>
    None,
}
