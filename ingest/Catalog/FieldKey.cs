using Observe.Storage.Batches;

namespace Observe.Ingest.Catalog;

/// <summary>One row of the field catalogue, for one signal.</summary>
internal readonly record struct FieldKey(ushort Day, FieldSource Source, string Name, string Type);
