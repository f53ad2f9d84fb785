namespace Observe.Query.PromQL.Language;

/// <summary>How many series of one side may belong to one of the other.</summary>
public enum MatchCardinality
{
    OneToOne,

    /// <summary><c>group_left</c></summary>
    ManyToOne,

    /// <summary><c>group_right</c></summary>
    OneToMany,

    /// <summary><c>and</c>, <c>or</c> and <c>unless</c></summary>
    ManyToMany,
}
