using System.Globalization;
using System.Reflection;

namespace Observe.Storage.Schema;

/// <summary>One step of the schema: a file <c>NNN_what.sql</c> embedded in this assembly.</summary>
/// <param name="Number">Migrations are applied in this order.</param>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Text">SQL statements with placeholders, each ended by a semicolon at a line's end.</param>
internal sealed record Migration(int Number, string Name, string Text)
{
    /// <summary>All migrations of this version of the program, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    /// <summary>The statements for a database of the plain (not replicated) engines.</summary>
    public IEnumerable<string> Statements(string database)
    {
        string text = Text
            .Replace("${database}", Engine.SqlText.QuoteIdentifier(database), StringComparison.Ordinal)
            .Replace("${on_cluster}", "", StringComparison.Ordinal)
            .Replace("${replicated}", "", StringComparison.Ordinal);
        string withoutComments = string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)));
        return withoutComments.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static List<Migration> Load()
    {
        const string Folder = "Observe.Storage.Schema.Migrations.";
        Assembly assembly = typeof(Migration).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal))
                .Select(resource => Read(assembly, resource, resource[Folder.Length..^".sql".Length]))
                .OrderBy(migration => migration.Number),
        ];
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
