using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Schemas;

/// <summary>Statements and what they read.</summary>
internal static class PlanSchemas
{
    private static readonly Schema Left = Schema.Object
        .With("selected", Schema.Count)
        .With("of", Schema.Count)
        .Named("Left");

    private static readonly Schema Index = Schema.Object
        .With("type", Schema.Text, "The engine's word, such as PrimaryKey or Skip.")
        .WithOptional("name", Schema.Text, "Of a skipping index.")
        .WithOptional("condition", Schema.Text, "What it was asked.")
        .With("parts", Left)
        .With("granules", Left, "A granule has 8,192 rows, or fewer large ones.")
        .Named("IndexUse");

    private static readonly Schema Read = Schema.Object
        .With("table", Schema.Text)
        .With("parts", Left)
        .With("granules", Left)
        .With("indexes", Schema.List(Index), "What each left of what the one before it had left.")
        .Named("TableRead");

    private static readonly Schema Parameters = Schema.Map(Schema.Text).About("The values that are bound to the statement.");

    /// <summary>An object with a statement's parameters and its plan.</summary>
    public static Schema Planned(Schema statement) =>
        statement.With("parameters", Parameters).With("estimatedRows", Schema.Count).With("reads", Schema.List(Read));

    /// <summary>The same, where the engine may not have said the plan in time.</summary>
    public static Schema PerhapsPlanned(Schema statement) =>
        statement.With("parameters", Parameters).WithOptional("estimatedRows", Schema.Count).WithOptional("reads", Schema.List(Read));
}
