using System.Text;

namespace Observe.Storage.Engine.Embedded;

/// <summary>Takes out of the engine's memory of tokens what a killed process left there and what is not true.</summary>
/// <remarks>
/// The engine (26.7) notes a token before it puts the part in its place:
/// <code>
///  1. write  tmp_insert_20241004_7_7_0/…
///  2. append "1 20241004_7_7_0 token" to deduplication_logs/deduplication_log_N.txt
///  3. rename tmp_insert_20241004_7_7_0 to 20241004_7_7_0
/// </code>
/// A process that ends between 2 and 3 leaves a token without rows: the insert, repeated after the start, would be dropped, and its rows lost.
/// So before the engine opens the directory, each noted part is looked for, alone or merged into another; where it is not, the engine's own
/// record of a removed part is appended. A record that was written by half, by a killed process or on a full disk, is taken out: the engine would
/// not read the file.
/// A line is operation (1 added, 2 removed), part and block id, with tabs between.
/// </remarks>
internal static class DeduplicationLogs
{
    public const string DirectoryName = "deduplication_logs";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Repairs the logs of every table under the engine's directory, which no engine has open.</summary>
    /// <returns>How many tokens without rows there were.</returns>
    public static int Repair(string enginePath)
    {
        string store = Path.Combine(enginePath, "store");
        return Directory.Exists(store)
            ? Directory.EnumerateDirectories(store).SelectMany(Directory.EnumerateDirectories).Sum(RepairTable)
            : 0;
    }

    /// <summary>The same for one table.</summary>
    /// <param name="tablePath">The directory that holds its parts.</param>
    public static int RepairTable(string tablePath)
    {
        string logs = Path.Combine(tablePath, DirectoryName);
        if (!Directory.Exists(logs))
        {
            return 0;
        }

        string[] files = [.. Directory.EnumerateFiles(logs, "deduplication_log_*.txt").OrderBy(NumberOf)];
        var noted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in files)
        {
            foreach (string[] record in ReadWhole(file).Select(line => line.Split('\t')))
            {
                if (record[0] == "1")
                {
                    noted[record[2]] = record[1];
                }
                else
                {
                    noted.Remove(record[2]);
                }
            }
        }

        string[] removals = [.. WithoutPart(tablePath, noted).Select(note => $"2\t{note.Value}\t{note.Key}\n")];
        if (removals.Length > 0)
        {
            File.AppendAllText(files[^1], string.Concat(removals), Encoding);
        }

        return removals.Length;
    }

    private static IEnumerable<KeyValuePair<string, string>> WithoutPart(string tablePath, Dictionary<string, string> noted)
    {
        ILookup<string, PartName> parts = Directory.EnumerateDirectories(tablePath)
            .Select(path => PartName.TryParse(Path.GetFileName(path)))
            .OfType<PartName>()
            .ToLookup(part => part.Partition, StringComparer.Ordinal);
        return noted.Where(note => PartName.TryParse(note.Value) is { } part && !parts[part.Partition].Any(existing => existing.Covers(part)));
    }

    /// <summary>The records of a log. What is not a whole record is taken out of it.</summary>
    private static string[] ReadWhole(string file)
    {
        string text = File.ReadAllText(file);
        string[] whole = [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Whole).OfType<string>()];
        string repaired = string.Concat(whole.Select(record => record + "\n"));
        if (repaired != text)
        {
            // Beside the directory, in which the engine takes every file for a log; and at once, for this may be a second full disk or kill.
            string temporary = Path.Combine(Path.GetDirectoryName(file)!, "..", "deduplication_log.tmp");
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                stream.Write(Encoding.GetBytes(repaired));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, file, overwrite: true);
        }

        return whole;
    }

    /// <summary>The record at the end of a line, before which the beginning of another may stand; null if there is none.</summary>
    private static string? Whole(string line) =>
        line.Split('\t') is [.., [.., var operation], var part, { Length: > 0 } id] && operation is '1' or '2' && PartName.TryParse(part) is not null
            ? $"{operation}\t{part}\t{id}"
            : null;

    private static int NumberOf(string file) =>
        int.TryParse(Path.GetFileNameWithoutExtension(file).AsSpan("deduplication_log_".Length), out int number) ? number : 0;
}
