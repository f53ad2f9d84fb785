using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>Paths and their values, in the flattened form that <see cref="Storage.Columns.JsonColumn"/> describes.</summary>
internal sealed class JsonReader(string type) : ColumnReader
{
    private KeyValuePair<string, ColumnReader>[] _paths = [];

    public override void ReadStructure(ref NativeReader reader)
    {
        ulong version = reader.ReadUInt64();
        if (version != Storage.Columns.DynamicColumn.FlattenedVersion)
        {
            throw NativeReader.Damaged($"a JSON column came in form {version} instead of the flattened one");
        }

        var names = new string[reader.ReadCount()];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = reader.ReadString();
        }

        _paths = Array.ConvertAll(names, path => new KeyValuePair<string, ColumnReader>(path, new DynamicReader("Dynamic")));
        foreach ((_, ColumnReader values) in _paths)
        {
            values.ReadStructure(ref reader);
        }
    }

    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        var paths = new KeyValuePair<string, ResultColumn>[_paths.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            paths[i] = new(_paths[i].Key, _paths[i].Value.Read(ref reader, _paths[i].Key, rows));
        }

        Array.Sort(paths, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new JsonResultColumn(name, type, paths);
    }
}
