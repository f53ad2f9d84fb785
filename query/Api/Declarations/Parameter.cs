namespace Observe.Query.Api.Declarations;

/// <summary>A parameter of a route, declared once: requests are read and the OpenAPI document is written with it.</summary>
/// <param name="Schema">What is taken, with the default.</param>
internal abstract record Parameter(string Name, string Description, Schema Schema)
{
    public ParameterPlace Place { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>A value that can be sent as it stands.</summary>
    public required string Example { get; init; }
}

/// <inheritdoc/>
/// <param name="Read">From the text as it was sent, null when it was not, to the value; throws a <see cref="FormatException"/> that says what is taken.</param>
internal sealed record Parameter<T>(string Name, string Description, Schema Schema, Func<string?, T> Read) : Parameter(Name, Description, Schema);
