namespace Observe.Ui.Records;

/// <summary>Fields of a record that came from the same place.</summary>
/// <param name="Dropped">Fields that the sender had but did not send.</param>
public sealed record RecordFieldGroup(string Title, IReadOnlyList<RecordField> Fields, uint Dropped = 0);
