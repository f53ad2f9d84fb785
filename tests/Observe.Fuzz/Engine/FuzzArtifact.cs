using System.Globalization;
using System.Security.Cryptography;

namespace Observe.Fuzz.Engine;

/// <summary>Inputs in files.</summary>
internal static class FuzzArtifact
{
    /// <summary>Writes an input that fails by itself.</summary>
    /// <returns>The file.</returns>
    public static string Write(FuzzOptions options, ReadOnlySpan<byte> input)
    {
        string path = NameOf(options, input) + ".bin";
        File.WriteAllBytes(path, input);
        return path;
    }

    /// <summary>Writes inputs of which the last fails only after the others.</summary>
    /// <returns>The folder.</returns>
    public static string WriteAll(FuzzOptions options, InputHistory history)
    {
        string folder = NameOf(options, history[history.Count - 1]);
        Directory.CreateDirectory(folder);
        for (int i = 0; i < history.Count; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, i.ToString("D5", CultureInfo.InvariantCulture) + ".bin"), history[i]);
        }

        return folder;
    }

    /// <summary>The inputs of a file or of a folder.</summary>
    public static IEnumerable<byte[]> Read(string path)
    {
        string[] files = Directory.Exists(path) ? Directory.GetFiles(path) : [path];
        Array.Sort(files, StringComparer.Ordinal);
        return files.Select(file => file.EndsWith(CurrentInput.Extension, StringComparison.Ordinal) ? CurrentInput.Read(file) : File.ReadAllBytes(file));
    }

    private static string NameOf(FuzzOptions options, ReadOnlySpan<byte> input) =>
        Path.GetFullPath(Path.Combine(options.Artifacts, $"{options.Target}-{Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 6))}"));
}
