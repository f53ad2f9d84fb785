using System.Runtime.InteropServices;
using System.Text;

namespace Observe.Storage.Engine.Embedded;

/// <summary>A connection to the engine inside the process.</summary>
internal sealed unsafe class ConnectionHandle : SafeHandle
{
    private ConnectionHandle(nint* connection)
        : base(0, ownsHandle: true) => SetHandle((nint)connection);

    public override bool IsInvalid => handle == 0;

    /// <summary>What the functions for statements take: the connection that the handle points to.</summary>
    public nint Connection => *(nint*)handle;

    /// <param name="arguments">As on the command line of clickhouse-local, without the program's name.</param>
    /// <exception cref="StorageException">The engine does not say why; it mostly is the storage path or an unknown argument.</exception>
    public static ConnectionHandle Open(IReadOnlyList<string> arguments)
    {
        var texts = new List<nint>();
        try
        {
            foreach (string argument in arguments.Prepend("clickhouse"))
            {
                texts.Add(Marshal.StringToCoTaskMemUTF8(argument));
            }

            fixed (nint* argv = texts.ToArray())
            {
                nint* connection = ChdbNative.Connect(texts.Count, (byte**)argv);
                return connection is not null
                    ? new ConnectionHandle(connection)
                    : throw new StorageException(StorageError.Unavailable, "The engine refused a connection.");
            }
        }
        finally
        {
            texts.ForEach(Marshal.FreeCoTaskMem);
        }
    }

    /// <summary>The engine's null-terminated text, or null.</summary>
    public static string? Text(byte* text) =>
        text is null ? null : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    protected override bool ReleaseHandle()
    {
        ChdbNative.CloseConnection((nint*)handle);
        return true;
    }
}
