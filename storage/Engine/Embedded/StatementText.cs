using System.Runtime.InteropServices;
using System.Text;

namespace Observe.Storage.Engine.Embedded;

/// <summary>A statement and its parameters in the unmanaged memory that a native call reads.</summary>
internal sealed unsafe class StatementText : IDisposable
{
    private readonly List<nint> _allocated = [];

    public StatementText(SqlStatement statement)
    {
        Query = Allocate(WithSettings(statement), out nuint queryLength);
        QueryLength = queryLength;
        Count = (nuint)statement.Parameters.Count;
        Names = (byte**)AllocateArray(statement.Parameters.Count);
        NameLengths = (nuint*)AllocateArray(statement.Parameters.Count);
        Values = (byte**)AllocateArray(statement.Parameters.Count);
        ValueLengths = (nuint*)AllocateArray(statement.Parameters.Count);
        for (int i = 0; i < statement.Parameters.Count; i++)
        {
            Names[i] = Allocate(statement.Parameters[i].Name, out NameLengths[i]);
            Values[i] = Allocate(statement.Parameters[i].Text, out ValueLengths[i]);
        }
    }

    public byte* Query { get; }

    public nuint QueryLength { get; }

    public byte** Names { get; }

    public nuint* NameLengths { get; }

    public byte** Values { get; }

    public nuint* ValueLengths { get; }

    public nuint Count { get; }

    public void Dispose()
    {
        foreach (nint memory in _allocated)
        {
            NativeMemory.Free((void*)memory);
        }

        _allocated.Clear();
    }

    private static string WithSettings(SqlStatement statement) =>
        statement.Settings.Count == 0
            ? statement.Text
            : $"{statement.Text}\nSETTINGS {string.Join(", ", statement.Settings.Select(s => $"{s.Key} = {SqlText.QuoteString(s.Value)}"))}";

    private byte* Allocate(string text, out nuint length)
    {
        // One byte more, zero: some of the engine's paths look past the length.
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte* memory = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        _allocated.Add((nint)memory);
        bytes.CopyTo(new Span<byte>(memory, bytes.Length));
        length = (nuint)bytes.Length;
        return memory;
    }

    private nint AllocateArray(int count)
    {
        nint memory = (nint)NativeMemory.AllocZeroed((nuint)Math.Max(count, 1), (nuint)sizeof(nint));
        _allocated.Add(memory);
        return memory;
    }
}
