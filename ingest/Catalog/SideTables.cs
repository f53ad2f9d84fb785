using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Otlp.Messages;
using Observe.Storage.Batches;
using Observe.Storage.Columns;

namespace Observe.Ingest.Catalog;

/// <summary>
/// The rows that a batch of records needs beside itself: its resources, its scopes and the names of its fields, each once per UTC day.
/// </summary>
internal sealed class SideTables(SignalCatalog catalog, AttributeDecoder attributes)
{
    /// <summary>
    /// Days of one batch for which fields are noted. Live records touch one or two; a backfill of years in one batch gets its field names
    /// noted for the first of them and for the newest, which keeps days times fields small. That is enough for questions, which ask the catalogue over
    /// all its days for the types of a name: a row of the newest day is kept as long as any of the records is.
    /// </summary>
    private const int MaxFieldDays = 100;

    private readonly PendingKeys<(ulong Id, ushort Day)> _resourceKeys = new(catalog.WrittenResources);
    private readonly PendingKeys<(ulong Id, ushort Day)> _scopeKeys = new(catalog.WrittenScopes);
    private readonly PendingKeys<FieldKey> _fieldKeys = new(catalog.WrittenFields);
    private readonly HashSet<ushort> _days = [];

    private ResourceInfo? _lastResource;
    private ScopeInfo? _lastScope;
    private ushort _lastDay;
    private ushort _newestDay;

    /// <summary>
    /// Whether the batch has records of so many days that it should have no more: the engine makes a part for each day.
    /// </summary>
    public bool IsCrowded => _days.Count >= MaxFieldDays;

    public ResourceBatch Resources { get; } = new();

    public ScopeBatch Scopes { get; } = new();

    public FieldBatch Fields { get; } = new();

    /// <summary>Notes that a record of this origin lies on this day.</summary>
    public void Note(in RecordOrigin origin, ushort day)
    {
        // Records come in runs of one origin and day.
        if (day == _lastDay && ReferenceEquals(origin.Resource, _lastResource) && ReferenceEquals(origin.Scope, _lastScope))
        {
            return;
        }

        _lastDay = day;
        _lastResource = origin.Resource;
        _lastScope = origin.Scope;
        _newestDay = Math.Max(_newestDay, day);
        if (_days.Count < MaxFieldDays)
        {
            _days.Add(day);
        }

        if (_resourceKeys.TryAdd((origin.Resource.Id, day)))
        {
            AppendResource(origin, day);
        }

        if (_scopeKeys.TryAdd((origin.Scope.Id, day)))
        {
            AppendScope(origin, day);
        }
    }

    /// <summary>Notes the names and types that a column of the finished batch has.</summary>
    public void NoteFields(FieldSource source, JsonColumn column)
    {
        if (_days.Count > 0)
        {
            _days.Add(_newestDay);
        }

        foreach (JsonPath path in column.Paths.Where(static path => path.Name.Length <= FieldBatch.MaxNameLength))
        {
            foreach (string type in path.TypeNames)
            {
                foreach (ushort day in _days)
                {
                    NoteField(new FieldKey(day, source, path.Name, type));
                }
            }
        }
    }

    /// <summary>The batch is in the engine: its rows need not be written again.</summary>
    public void Commit()
    {
        _resourceKeys.Commit();
        _scopeKeys.Commit();
        _fieldKeys.Commit();
    }

    public void Clear()
    {
        _resourceKeys.Clear();
        _scopeKeys.Clear();
        _fieldKeys.Clear();
        _days.Clear();
        _newestDay = 0;
        _lastResource = null;
        Resources.Clear();
        Scopes.Clear();
        Fields.Clear();
    }

    private void NoteField(FieldKey field)
    {
        if (!_fieldKeys.TryAdd(field))
        {
            return;
        }

        Fields.Day.Append(field.Day);
        Fields.Signal.Append((sbyte)catalog.Signal);
        Fields.Source.Append((sbyte)field.Source);
        Fields.Name.Append(field.Name);
        Fields.Type.Append(field.Type);
    }

    private void AppendResource(in RecordOrigin origin, ushort day)
    {
        var resource = new ResourceMessage(origin.ResourceEnvelope.Resource);
        Resources.Day.Append(day);
        Resources.ResourceId.Append(origin.Resource.Id);
        Resources.ServiceName.Append(origin.Resource.ServiceName);
        Resources.ServiceNamespace.Append(origin.Resource.ServiceNamespace);
        Resources.SchemaUrl.Append(Utf8Text.Valid(origin.ResourceEnvelope.SchemaUrl));
        attributes.AppendRow(Resources.Attributes, resource.Attributes);
        Resources.DroppedAttributesCount.Append(resource.DroppedAttributesCount);
    }

    private void AppendScope(in RecordOrigin origin, ushort day)
    {
        var scope = new ScopeMessage(origin.ScopeEnvelope.Scope);
        Scopes.Day.Append(day);
        Scopes.ScopeId.Append(origin.Scope.Id);
        Scopes.Name.Append(origin.Scope.Name);
        Scopes.Version.Append(Utf8Text.Valid(scope.Version));
        Scopes.SchemaUrl.Append(Utf8Text.Valid(origin.ScopeEnvelope.SchemaUrl));
        attributes.AppendRow(Scopes.Attributes, scope.Attributes);
        Scopes.DroppedAttributesCount.Append(scope.DroppedAttributesCount);
    }
}
