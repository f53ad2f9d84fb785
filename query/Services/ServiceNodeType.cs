namespace Observe.Query.Services;

/// <summary>What a node of the service map is.</summary>
public enum ServiceNodeType
{
    /// <summary>It sends spans.</summary>
    Service,

    /// <summary>Its callers name a <c>db.system</c>.</summary>
    Database,

    /// <summary>Its callers name a <c>messaging.system</c>, and no consumer's span follows what they sent.</summary>
    Messaging,

    /// <summary>Anything else that is called and sends no spans.</summary>
    External,
}
