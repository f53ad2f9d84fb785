using System.IO.MemoryMappedFiles;

namespace Observe.Fuzz.Engine;

/// <summary>The input that is being run, in a mapped file: what kills the process (a stack overflow) leaves it behind.</summary>
/// <remarks>Layout: the length in four bytes, the input. The file is deleted when the run ends in any other way.</remarks>
internal sealed class CurrentInput : IDisposable
{
    /// <summary>Files with this ending are read accordingly when they are replayed.</summary>
    public const string Extension = ".current";

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public CurrentInput(string path, int maxLength)
    {
        _path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, sizeof(int) + maxLength);
        _view = _file.CreateViewAccessor();
    }

    public void Write(ReadOnlySpan<byte> input)
    {
        _view.SafeMemoryMappedViewHandle.Write(0, input.Length);
        _view.SafeMemoryMappedViewHandle.WriteSpan(sizeof(int), input);
    }

    /// <summary>The input in such a file.</summary>
    public static byte[] Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return bytes.AsSpan(sizeof(int), BitConverter.ToInt32(bytes)).ToArray();
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
