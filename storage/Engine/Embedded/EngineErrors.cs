using System.Globalization;
using System.Text.RegularExpressions;

namespace Observe.Storage.Engine.Embedded;

/// <summary>From the engine's error text to a <see cref="StorageException"/>.</summary>
/// <remarks>The text begins with <c>Code: N. DB::Exception:</c>; the numbers are ClickHouse's <c>src/Common/ErrorCodes.cpp</c>.</remarks>
internal static partial class EngineErrors
{
    public static StorageException ToException(string text)
    {
        Match match = CodePattern().Match(text);
        int code = match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        StorageError error = Classify(code);
        if (error == StorageError.Failed && DiskPattern().IsMatch(text))
        {
            error = StorageError.Disk;
        }

        return new StorageException(error, VersionPattern().Replace(text, ""));
    }

    private static StorageError Classify(int code) => code switch
    {
        159 or 160 => StorageError.TimeLimit,
        241 => StorageError.MemoryLimit,
        158 or 307 or 396 => StorageError.RowLimit,
        75 or 76 or 77 or 88 or 172 or 204 or 243 or 294 or 458 or 521 => StorageError.Disk,
        6 or 16 or 27 or 36 or 38 or 41 or 42 or 43 or 46 or 47 or 53 or 57 or 60 or 62 or 63 or 69 or 70 or 72 or 81 or 164 or 179 or 184 or 207 or 215
            or 352 or 386 or 395 or 427 or 456 or 457 or 497 or 636 => StorageError.BadStatement,
        _ => StorageError.Failed,
    };

    /// <summary>What the system says when a disk is full or fails. Under which number the engine passes it on depends on what it was about to do.</summary>
    [GeneratedRegex("No space left on device|Disk quota exceeded|File too large|Read-only file system|Input/output error|Stale file handle|Structure needs cleaning")]
    private static partial Regex DiskPattern();

    [GeneratedRegex(@"Code: (\d+)\.")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@" \(version [^)]*\)")]
    private static partial Regex VersionPattern();
}
